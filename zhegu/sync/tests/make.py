"""A community's phones, and what they say: as a phone would, over the real door."""

import base64
import hmac
import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

from django.test import Client
from pydantic import BaseModel

from zhegu.accounts import actions as accounts
from zhegu.accounts.models import Device, Enrolment, Role, RoleGrant, Staff, StaffCode, StaffKey
from zhegu.accounts.tests.make import staff
from zhegu.journal import actions as journal
from zhegu.journal.actions import Command
from zhegu.lib.answers import Accepted, Refused
from zhegu.lib.ids import new_id
from zhegu.lib.phone import ParsedCommand, PhoneCommand
from zhegu.lib.scope import Actor, NotFound, Scope
from zhegu.places.models import Place
from zhegu.places.tests import make as places
from zhegu.sync import offers
from zhegu.sync.models import Quarantined

OFFICE = Actor("staff", "00000000-0000-7000-8000-00000000000a")


@dataclass
class Phone:
    """One phone at the door; `client` speaks HTTP (Django's test client, or another with `.post`)."""

    client: Any
    device: str
    token: str
    keys: dict[str, bytes] = field(default_factory=dict)
    seq: int = 0

    def post(self, path: str, body: Any) -> Any:
        return post(self.client, path, body, self.token)

    def unlock(self, code: str) -> Any:
        answer = self.post("unlock", {"staff_code": code})
        if answer.status_code == 200:
            said = answer.json()
            self.keys[said["staff"]["id"]] = base64.b64decode(said["staff_key"])
        return answer

    def item(self, who: str, kind: str, body: Any, at: datetime, ref: UUID | None = None, **head: Any) -> dict:
        """A signed command, as it lies in the outbox."""
        self.seq += 1
        ref = str(ref or new_id())
        said = {"ref": ref, "kind": kind, "actor": who, "device": self.device, "at": at.isoformat(), "seq": self.seq}
        envelope = json.dumps({**said, **head, "body": body}, ensure_ascii=False)
        return {"ref": ref, "envelope": envelope, "proof": proof(self.keys[who], envelope)}

    def push(self, *items: dict) -> list[dict]:
        answer = self.post("push", {"items": list(items)})
        assert answer.status_code == 200, answer.content
        return answer.json()["answers"]

    def pull(self, cursor: str = "", **more: Any) -> dict:
        answer = self.post("pull", {"cursor": cursor, **more})
        assert answer.status_code == 200, answer.content
        return answer.json()


def post(client: Any, path: str, body: Any, token: str = "") -> Any:
    head = {"authorization": f"Bearer {token}"} if token else {}
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return client.post(f"/api/{path}", raw, content_type="application/json", headers=head)


def proof(key: bytes, envelope: str) -> str:
    return base64.b64encode(hmac.digest(key, envelope.encode(), sha256)).decode()


def invitation(community: Place, at: datetime) -> Enrolment:
    answer = accounts.invite_phone(by=OFFICE, community=community, at=at, ref=uuid4())
    return Enrolment.objects.get(pk=answer.facts["enrolment"])


def phone(community: Place, at: datetime, name: str = "table", client: Any = None) -> Phone:
    """An enrolled phone on which nobody has signed on."""
    client = client or Client()
    said = post(client, "enrol", {"token": invitation(community, at).token, "device_name": name}).json()
    return Phone(client, said["device"], said["device_token"])


def staff_code(community: Place, who: Staff, at: datetime) -> str:
    answer = accounts.make_staff_codes(by=OFFICE, community=community, staff=[who], at=at, ref=uuid4())
    return StaffCode.objects.get(pk=answer.facts["codes"][0]).code


def signed_on(phone_: Phone, community: Place, who: Staff, at: datetime) -> str:
    """The person may work on the phone; their id."""
    assert phone_.unlock(staff_code(community, who, at)).status_code == 200
    return str(who.id)


# --- an app that offers something to phones: notes on a board per grid


class Note(BaseModel):
    grid: str
    board: str
    words: str = ""


BOARD: list[tuple[str, str]] = []


def notes(scope: Scope, commands: list[ParsedCommand]) -> list[journal.Answer]:
    """Puts notes up; raises NotFound for a foreign grid, refuses the word `no`, fails at `boom`."""
    for command in commands:
        if not scope.covers(command.body.grid):
            raise NotFound(command.body.grid)
        if command.body.words == "boom":
            raise RuntimeError("a fault of the program")

    def do(fresh: list[Command]) -> list[Accepted | Refused]:
        BOARD.extend((one.body["board"], one.body.get("words", "")) for one in fresh)
        return [
            Refused("sync.not_found") if one.body.get("words") == "no" else Accepted({"board": one.body["board"]})
            for one in fresh
        ]

    said = [
        Command(c.ref, "sync.note_put", c.community, c.by, c.at, dict(c.words), said=c.said) for c in commands
    ]
    return journal.once(said, do)


def touched(body: Note) -> list[str]:
    return [body.board]


def offer_notes(monkeypatch: Any) -> None:
    """The board is all the door offers."""
    BOARD.clear()
    offer = PhoneCommand(Note, notes, records=touched)
    kinds = {"note.put": offer, "note.pin": offer}
    monkeypatch.setattr(offers, "commands", lambda: kinds)


def two_communities() -> tuple[Place, Place]:
    return places.community(places.A), places.community(places.B)


def sampler(community: Place, no: int = 1, name: str = "bo") -> Staff:
    return staff(name, Role.SAMPLER, places.grid(community, no))


def minutes(at: datetime, n: float) -> datetime:
    return at + timedelta(minutes=n)


def things(community: Place, at: datetime) -> dict[str, object]:
    """A real thing of the community for every parameter of this app's addresses."""
    phone_ = phone(community, at, "walked")
    device = Device.objects.get(pk=phone_.device)
    who = staff("walker-on-phone", Role.SAMPLER, places.grid(community, 1))
    StaffKey.objects.create(device=device, staff=who, key=base64.b64encode(bytes(32)).decode(), since=at)
    phone_.push({"ref": "x", "envelope": "{", "proof": ""})
    return {
        "device_id": device.pk, "staff_id": who.pk, "enrolment_id": invitation(community, at).pk,
        "grant_id": RoleGrant.objects.get(staff=who).pk,
        "quarantined_id": Quarantined.objects.get(device=device).pk, "path": "index.html",
    }  # fmt: skip
