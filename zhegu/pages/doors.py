"""What office views share: the guard at each door, and what a form's post carries."""

import os
from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any, TypeVar
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

from zhegu.lib.answers import Refused, RefusedError
from zhegu.lib.ids import new_id
from zhegu.lib.scope import NotFound

View = Callable[..., HttpResponse]
Thing = TypeVar("Thing")


def office_page(*roles: str) -> Callable[[View], View]:
    """A page for these roles in the chosen community (any role if none is named).

    Anonymous visitors are sent to the log-in; people without the role, or without any community,
    find nothing there.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not request.community:
                raise NotFound("community")
            if roles and not request.scope.covers(request.community.code, *roles):
                raise NotFound("role")
            return view(request, *args, **kwargs)

        return guarded

    return guard


def room(*roles: str) -> Callable[[View], View]:
    """A page for whoever holds one of these roles for the community, something in it, or above it;
    whom they see on it is for the queries to say."""

    def guard(view: View) -> View:
        @office_page()
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.scope.reaches(request.community.code, *roles):
                raise NotFound("role")
            return view(request, *args, **kwargs)

        return guarded

    return guard


def here(request: HttpRequest, found: Thing, whole: Any = None) -> Thing:
    """What was found by its id, if it (or `whole`, which it is part of) is of the chosen community: the guard at the
    door asked about that one, while the reader's scope may reach others. Raises NotFound for another's."""
    if (whole or found).community_id != request.community.pk:
        raise NotFound("community")
    return found


def address_of(request: HttpRequest) -> str:
    """The address phones and links are to use: the fixed one on a local network, else the one this page came by."""
    return os.environ.get("ZHEGU_ADDRESS") or request.build_absolute_uri("/").rstrip("/")


def ref_of(request: HttpRequest) -> UUID:
    """The reference a form carries (made when it was drawn), so that a double click acts once."""
    try:
        return UUID(request.POST.get("ref", ""))
    except ValueError:
        return new_id()


def day_said(said: str, wrong: RefusedError, *, needed: bool = False) -> date | None:
    """A day as a browser sends it; None where none was given and none is needed; `wrong` is raised where it cannot be read."""
    try:
        return date.fromisoformat(said) if said or needed else None
    except ValueError:
        raise wrong from None


def id_of(word: str | None, reason: str) -> UUID:
    """The id a form names; raises RefusedError with this reason where it is none."""
    try:
        return UUID(word or "")
    except ValueError:
        raise RefusedError(Refused(reason)) from None


def accepted(answer: Any) -> dict:
    """The facts of an accepted answer; raises RefusedError, shown as a page, for a refusal."""
    if answer.status != "accepted":
        raise RefusedError(Refused(answer.reason, answer.facts))
    return answer.facts
