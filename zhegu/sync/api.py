"""The phone's door: enrol, unlock, pull, push. Who asks, in whose scope, what was answered; nothing else."""

import base64
import gzip
import secrets
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import msgspec
from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.parser import Parser
from ninja.security import HttpBearer

from zhegu.accounts import actions as accounts
from zhegu.accounts import queries as known
from zhegu.accounts.models import Device
from zhegu.lib import clock
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Scope
from zhegu.places import queries as places
from zhegu.sync import actions, problems
from zhegu.sync.actions.receiving import Parcel
from zhegu.sync.outside import letters
from zhegu.sync.problems import Stopped
from zhegu.sync.schemas import (
    Enrolled,
    EnrolRequest,
    Hello,
    Problem,
    Pulled,
    PullRequest,
    Pushed,
    PushItem,
    PushRequest,
    Unlocked,
    UnlockRequest,
)

WORTH_COMPRESSING = 1000


class FastParser(Parser):
    """Reads request bodies with msgspec."""

    def parse_body(self, request: HttpRequest) -> Any:
        return msgspec.json.decode(request.body)


class DeviceToken(HttpBearer):
    """Finds the phone by its token; also a revoked one, which may still deliver."""

    def authenticate(self, request: HttpRequest, token: str) -> Device | None:
        return known.device_with_token(Scope.everything("a phone shows its token"), token)


def _version() -> str:
    try:
        return version("zhegu")
    except PackageNotFoundError:
        return "0.1.0"


api = NinjaAPI(
    title="Zhegu phone door", version="1", docs_url=None, openapi_url=None, parser=FastParser(),
    urls_namespace="phone_door",
)
problems.add_to(api)
NO = {400: Problem, 401: Problem, 403: Problem, 413: Problem, 422: Problem, 500: Problem, 503: Problem}


def _answer(request: HttpRequest, body: Any) -> HttpResponse:
    """JSON as given, compressed where the phone takes it: links in the field are thin."""
    raw = msgspec.json.encode(body)
    response = HttpResponse(content_type="application/json")
    response["Cache-Control"] = "no-store"
    response["Vary"] = "Accept-Encoding"
    if len(raw) > WORTH_COMPRESSING and "gzip" in request.headers.get("Accept-Encoding", ""):
        raw = gzip.compress(raw, 5, mtime=0)
        response["Content-Encoding"] = "gzip"
    response.content = raw
    return response


def _now() -> str:
    return clock.now().isoformat(timespec="milliseconds")


def _active(device: Device) -> None:
    """Raises Stopped for a phone that may no longer read."""
    standing = device.standing(clock.now())
    if standing != "active":
        raise Stopped(403, f"sync.device_{standing}")


@api.get("/hello", response={200: Hello})
def hello(request: HttpRequest) -> HttpResponse:
    """The server lives; its time, for a phone to compare its own."""
    return _answer(request, {"product": "zhegu", "version": _version(), "server_time": _now()})


@api.post("/enrol", response={200: Enrolled, 404: Problem, 410: Problem, 429: Problem, **NO})
def enrol(request: HttpRequest, asked: EnrolRequest) -> HttpResponse:
    """This phone joins the community that invited it. Each invitation serves one phone."""
    at, address = clock.now(), request.META.get("REMOTE_ADDR", "")
    if not known.may_log_in(f"enrol {address}", address, at):
        raise Stopped(429, "sync.too_many_tries")
    token = secrets.token_urlsafe(32)
    answer = accounts.enrol_phone(
        shown=asked.token, name=asked.device_name.strip(), token=token, asked_by=asked.ref, at=at, ref=new_id()
    )
    if answer is None:
        accounts.note_wrong_password(username=f"enrol {address}", address=address, at=at)
        raise Stopped(404, "accounts.invitation_unknown")
    if not answer.accepted:
        raise Stopped(410, answer.reason)
    device = known.device_with_token(Scope.everything("a phone was just enrolled"), token)
    if device is None:
        raise Stopped(500, "sync.failed")
    return _answer(request, _enrolled(device, token))


def _enrolled(device: Device, token: str) -> dict[str, Any]:
    community = device.community
    staff = known.staff_at(Scope.everything("names on the lock screen of a phone"), community.code)
    return {
        "device": str(device.id),
        "device_name": device.name,
        "device_token": token,
        "community": {"code": community.code, "name": community.name, "name_bo": community.name_bo},
        "table_no": device.table_no,
        "server_time": _now(),
        "server_key": letters.public_key(settings.DATA),
        "staff": [{"id": str(one.id), "name": one.name, "name_bo": one.name_bo} for one in staff],
    }


@api.post("/unlock", auth=DeviceToken(), response={200: Unlocked, 404: Problem, 410: Problem, 429: Problem, **NO})
def unlock(request: HttpRequest, asked: UnlockRequest) -> HttpResponse:
    """The code's owner may work on this phone; gives the key they sign with here."""
    device, at = request.auth, clock.now()
    _active(device)
    if not known.may_log_in(str(device.id), str(device.id)[:8], at):
        raise Stopped(429, "sync.too_many_tries")
    fresh_key = base64.b64encode(secrets.token_bytes(32)).decode()
    answer = accounts.sign_on(device=device, typed=asked.staff_code, new_key=fresh_key, at=at, ref=new_id())
    if answer is None:
        accounts.note_wrong_password(username=str(device.id), address=str(device.id)[:8], at=at)
        raise Stopped(404, "accounts.code_unknown")
    if not answer.accepted:
        raise Stopped(410, answer.reason)
    return _answer(request, _unlocked(device, answer.facts["staff"]))


def _unlocked(device: Device, staff_id: str) -> dict[str, Any]:
    everything = Scope.everything("a person signs on at a phone")
    key = next(key for key in known.people_on(everything, device) if str(key.staff_id) == staff_id)
    own = known.person_scope(everything, device, key.staff)
    return {
        "staff": {
            "id": staff_id,
            "name": key.staff.name,
            "name_bo": key.staff.name_bo,
            "grids": [grid.code for grid in places.grids(own, device.community)],
            "roles": sorted(own.roles),
        },
        "staff_key": key.key,
    }


@api.post("/pull", auth=DeviceToken(), response={200: Pulled, **NO})
def pull(request: HttpRequest, asked: PullRequest) -> HttpResponse:
    """What changed since the cursor, for the grids of the people who work on this phone."""
    device = request.auth
    _active(device)
    news = actions.tell(device, cursor=asked.cursor, wanted=asked.tables, at=clock.now())
    with suppress(DatabaseError):
        accounts.note_contact(device, at=clock.now(), unsent=asked.unsent)
    told = {"cursor": news.cursor, "full": news.full, "tables": news.tables, "server_time": _now()}
    return _answer(request, told)


@api.post("/push", auth=DeviceToken(), response={200: Pushed, **NO})
def push(request: HttpRequest, asked: PushRequest) -> HttpResponse:
    """Takes commands in; one answer for each. One bad item never blocks the rest."""
    device, at = request.auth, clock.now()
    answers = actions.receive(device, [parcel_of(item) for item in asked.items], at=at)
    left = None
    if asked.unsent is not None:
        left = max(0, asked.unsent - sum(answer.status != "waiting" for answer in answers))
    with suppress(DatabaseError):  # what is stored is answered, even if this no longer fits the disk
        accounts.note_contact(device, at=at, unsent=left)
    return _answer(request, {"answers": answers})


def parcel_of(item: PushItem) -> Parcel:
    """The item opened; a letter that does not open stays as it came and is set aside."""
    if not item.sealed:
        return Parcel(item.ref, item.envelope, item.proof)
    try:
        inside = msgspec.json.decode(letters.open_letter(settings.DATA, item.sealed))
        return Parcel(item.ref, str(inside["envelope"]), str(inside["proof"]))
    except (letters.WrongLetter, msgspec.MsgspecError, KeyError, TypeError):
        return Parcel(item.ref, item.sealed, "")
