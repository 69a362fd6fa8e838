"""Prints of an office page: who prints, in which languages, and the answer that opens in the window."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from zhegu.lib import clock
from zhegu.lib.answers import Refused, RefusedError
from zhegu.lib.paper import FontMissing, Imprint

LANGUAGES = {"zh": ("zh", "bo"), "bo": ("bo", "zh"), "en": ("en",)}
"""The languages of a print by the reader's, the first one large."""


def printed(request: HttpRequest, draw: Callable[[Imprint], bytes]) -> HttpResponse:
    """What `draw` makes, kept by no browser; raises RefusedError where the machine lacks a font."""
    office = request.community.name or request.community.code
    try:
        body = draw(Imprint(office, request.user.name, clock.now(), LANGUAGES[request.lang]))
    except FontMissing as missing:
        raise RefusedError(Refused("paper.font_missing", {"family": missing.family, "package": missing.package})) from missing
    answer = HttpResponse(body, content_type="application/pdf")
    answer["Cache-Control"] = "no-store"
    return answer
