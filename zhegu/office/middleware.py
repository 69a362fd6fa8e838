"""What every office page starts with: who is asking, for which community, in which language."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from zhegu.accounts import queries as accounts
from zhegu.lib.answers import RefusedError
from zhegu.lib.scope import Actor, NotFound, Scope
from zhegu.lib.texts import language_code
from zhegu.places import queries as places
from zhegu.places.models import Place

COMMUNITY_KEY = "community"
LANGUAGE_COOKIE = "zhegu_language"
# Django's own few words (dates) exist in these two; everything else comes from the catalogue.
DJANGO_LANGUAGE = {"zh": "zh-hans", "bo": "zh-hans", "en": "en"}


def _scope(request: HttpRequest) -> Scope:
    if request.user.is_authenticated:
        return accounts.scope_of(request.user._wrapped if hasattr(request.user, "_wrapped") else request.user)
    return Scope(Actor("nobody", ""))


def _community(request: HttpRequest) -> Place | None:
    """The community chosen in this session, else the first one the scope reaches."""
    within = places.communities(request.scope)
    chosen = request.session.get(COMMUNITY_KEY)
    return within.filter(code=chosen).first() if chosen else within.first()


class OfficeMiddleware:
    """Sets `request.scope`, `request.community` and `request.lang`; turns NotFound into 404."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.scope = SimpleLazyObject(lambda: _scope(request))
        request.community = SimpleLazyObject(lambda: _community(request))
        request.lang = language_code(request.COOKIES.get(LANGUAGE_COOKIE, ""))
        with translation.override(DJANGO_LANGUAGE[request.lang]):
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, NotFound):
            return render(request, "office/not_found.html", status=404)
        if isinstance(exception, RefusedError):
            return render(request, "office/refused.html", {"refused": exception.refused}, status=409)
        return None
