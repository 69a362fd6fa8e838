"""Errors of the phone's door as problem documents (RFC 9457), in the reader's language."""

import logging
import traceback

import msgspec
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, InternalError, OperationalError
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from zhegu.lib.scope import NotFound
from zhegu.lib.texts import language_code, text

log = logging.getLogger(__name__)
RETRY_SECONDS = "10"


class Stopped(Exception):
    """The door says no: an HTTP status and the reason, a key of the text catalogue."""

    def __init__(self, status: int, reason: str):
        super().__init__(reason)
        self.status = status
        self.reason = reason


def problem(request: HttpRequest, status: int, reason: str) -> HttpResponse:
    """What happened, what was kept, what to do; `reason` is the code by which the phone knows it."""
    lang = language_code(request.headers.get("Accept-Language", "zh"))
    body = {"type": "about:blank", "title": text(reason, lang), "status": status, "reason": reason}
    response = HttpResponse(msgspec.json.encode(body), status=status, content_type="application/problem+json")
    response["Cache-Control"] = "no-store"
    if status in (429, 503):
        response["Retry-After"] = RETRY_SECONDS
    return response


def _unwritable(request: HttpRequest, error: Exception) -> HttpResponse:
    """A full or read-only disk, a database that is away: nothing was answered, so nothing is lost."""
    log.error("the data cannot be written: %s", type(error).__name__)
    return problem(request, 503, "sync.cannot_store")


def _fault(request: HttpRequest, error: Exception) -> HttpResponse:
    log.error("the phone's door failed: %s", where(error))
    return problem(request, 500, "sync.failed")


def where(error: BaseException) -> str:
    """What sort of error and where, without its message: messages can hold names and numbers."""
    frames = traceback.extract_tb(error.__traceback__)[-8:]
    return " ".join([type(error).__name__, *(f"{frame.filename}:{frame.lineno}" for frame in frames)])


def add_to(api: NinjaAPI) -> None:
    """Every error of this API leaves as a problem document."""
    api.add_exception_handler(Exception, _fault)
    api.add_exception_handler(Stopped, lambda request, error: problem(request, error.status, error.reason))
    api.add_exception_handler(NotFound, lambda request, error: problem(request, 404, "sync.not_found"))
    api.add_exception_handler(
        HttpError, lambda request, error: problem(request, error.status_code, "sync.not_understood")
    )
    api.add_exception_handler(RequestDataTooBig, lambda request, error: problem(request, 413, "sync.too_large"))
    api.add_exception_handler(
        AuthenticationError, lambda request, error: problem(request, 401, "sync.unknown_device")
    )
    api.add_exception_handler(
        ValidationError, lambda request, error: problem(request, 422, "sync.not_understood")
    )
    for kind in (OperationalError, InternalError, InterfaceError, OSError):
        api.add_exception_handler(kind, _unwritable)
