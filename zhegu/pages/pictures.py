"""A picture on an office page: nothing but a picture to the browser, and kept by none."""

import base64

from django.http import HttpResponse


def shown(content: str) -> HttpResponse:
    """The picture whose base64 this is."""
    answer = HttpResponse(base64.b64decode(content), content_type="image/jpeg")
    answer["Cache-Control"] = "no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Disposition"] = "inline"
    return answer
