"""A sampling day made ready for load: a round is open, cards lie on the tables, phones have joined.

`python -m tests.support.field make PEOPLE PHONES` writes it into ZHEGU_DATA (or ZHEGU_DATABASE) and
prints a `Field` as JSON; `… check` prints what stands there afterwards. Whoever drives phones reads
that with `made()` and `stands()`, and needs neither Django nor the same database.
"""

import base64
import hmac
import http.client
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from zhegu.lib import clock
from zhegu.lib.ids import new_id

ROOT = Path(__file__).resolve().parents[2]
GRIDS = 15
CARDS_OVER = 20
"""Cards lie ready for everyone, and so many more in each grid."""


@dataclass(frozen=True)
class Line:
    """Someone of the roster: who, and the number of their grid."""

    person: str
    grid: int


@dataclass(frozen=True)
class Handset:
    """What one enrolled phone keeps: its own token, and the key of the sampler who signed on."""

    device: str
    token: str
    actor: str
    key: str


@dataclass(frozen=True)
class Field:
    """One community on its sampling day."""

    community: str
    round: str
    kid: str
    people: list[Line]
    phones: list[Handset]

    @classmethod
    def read(cls, said: str) -> "Field":
        plain = json.loads(said)
        lines = [Line(**one) for one in plain.pop("people")]
        return cls(**{**plain, "people": lines, "phones": [Handset(**one) for one in plain["phones"]]})

    def card(self, grid: int, number: int) -> dict[str, Any]:
        """The n-th card printed for this grid, as a scan names it."""
        return {"serial": 10**9 + grid * 10**6 + number, "kid": self.kid}


def _told(environment: Mapping[str, str], *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.field", *words],
        cwd=ROOT, env=dict(environment), stdin=subprocess.DEVNULL, capture_output=True, text=True,
    )
    if done.returncode:
        raise AssertionError(done.stderr[-3000:])
    return done.stdout.splitlines()[-1]


def made(environment: Mapping[str, str], people: int, phones: int) -> Field:
    """A field of so many people and phones in the (empty) data that the environment names."""
    return Field.read(_told(environment, "make", str(people), str(phones)))


def stands(environment: Mapping[str, str]) -> dict[str, Any]:
    """What stands in the data: `flaws` of the journal, `tallies` (equal to a recount?), `entries` by ref,
    valid `samples`, refs of `swabs`, `cards` active."""
    return json.loads(_told(environment, "check"))


# --- a phone's side


@dataclass
class Outbox:
    """Writes a phone's commands as the phone app does."""

    phone: Handset
    seq: int = 0

    def item(self, kind: str, body: dict[str, Any], at: datetime | None = None) -> dict[str, str]:
        """A signed command, as it lies in the outbox."""
        self.seq += 1
        ref, when = str(new_id()), (at or clock.now()).isoformat()
        head = {"ref": ref, "kind": kind, "actor": self.phone.actor, "device": self.phone.device}
        envelope = json.dumps({**head, "at": when, "seq": self.seq, "body": body}, ensure_ascii=False)
        proof = hmac.digest(base64.b64decode(self.phone.key), envelope.encode(), sha256)
        return {"ref": ref, "envelope": envelope, "proof": base64.b64encode(proof).decode()}


@dataclass
class Swabbing:
    """The acts at one table: tubes fill to ten and roll over; the n-th person of a grid on the roster gets
    the n-th card of that grid, at whichever table they come.
    """

    here: Field
    outbox: Outbox
    lines: list[Line]
    table: int = 1
    cards: bool = True
    taken: int = 0
    tube: dict[str, Any] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        seen: dict[int, int] = {}
        for line in self.here.people:
            seen[line.grid] = self.numbers[line.person] = seen.get(line.grid, 0) + 1

    def next(self) -> dict[str, str]:
        """The command for the next person of this table, over and over."""
        line = self.lines[self.taken % len(self.lines)]
        place = self.taken % 10 + 1
        if place == 1:
            self.tube = {"id": str(new_id()), "label": f"T{self.table}-{self.taken // 10 + 1}", "ratio": 10}
        self.taken += 1
        body = {
            "round": self.here.round, "person": line.person, "tube": self.tube, "position": place,
            "card": self.here.card(line.grid, self.numbers[line.person]) if self.cards else None,
            "at_home": False, "body_site": None, "override": "",
        }  # fmt: skip
        return self.outbox.item("sampling.take_samples", body)


@dataclass
class Wire:
    """One persistent connection to a server; after a fault it connects anew at the next post."""

    port: int
    token: str
    timeout: float = 30
    connection: http.client.HTTPConnection | None = None

    def post(self, path: str, body: bytes) -> tuple[int, bytes]:
        """Status and body. Raises OSError or http.client.HTTPException where no whole answer came."""
        self.connection = self.connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
        try:
            self.connection.request("POST", path, body, self.headers)
            answer = self.connection.getresponse()
            return answer.status, answer.read()
        except BaseException:
            self.connection.close()
            self.connection = None
            raise

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}


# --- the server's side, in a process of its own


def _make(people: int, phones: int) -> Field:
    from django.db import transaction

    from zhegu.sampling.tests.make import Day

    with transaction.atomic():
        day = Day(grids=GRIDS, each=0)
        lines = list(_settle(day, people))
        day.open()
        day.print_cards(each=people // GRIDS + 1 + CARDS_OVER)
    kid = day.card(day.people[0]).kid
    return Field(day.community.code, str(day.round.pk), kid, lines, [_phone(day, n) for n in range(1, phones + 1)])


def _settle(day: Any, people: int) -> Iterator[Line]:
    """Households of four, spread evenly over the grids."""
    from zhegu.lib.codes import new_resident_code
    from zhegu.registers.models import Household, Person
    from zhegu.sampling.tests.make import MORNING

    grids = [day.grid(no) for no in range(1, GRIDS + 1)]
    homes = [
        Household(community=day.community, grid=grids[n % GRIDS], no=str(n + 1)) for n in range(max(GRIDS, people // 4))
    ]
    Household.objects.bulk_create(homes, batch_size=500)
    day.people = [
        Person(
            community=day.community, grid=home.grid, household=home, name=f"Somebody {n + 1}", birth_year=1980,
            added=MORNING, code=new_resident_code(),
        )
        for n in range(people) for home in [homes[n % len(homes)]]
    ]  # fmt: skip
    Person.objects.bulk_create(day.people, batch_size=500)
    yield from (Line(str(one.pk), one.grid.no) for one in day.people)


def _phone(day: Any, number: int) -> Handset:
    from zhegu.accounts.models import Role
    from zhegu.sampling.tests.make import staff
    from zhegu.sync.tests import make

    now = clock.now()
    phone = make.phone(day.community, now, f"table {number}")
    who = make.signed_on(phone, day.community, staff(f"sampler-{number}", Role.SAMPLER, day.community), now)
    return Handset(phone.device, phone.token, who, base64.b64encode(phone.keys[who]).decode())


def _check() -> dict[str, Any]:
    from zhegu.journal import chain
    from zhegu.journal.models import Entry
    from zhegu.lib.scope import Scope
    from zhegu.sampling.models import Round, Sample
    from zhegu.sampling.queries.recount import kept, recount

    while chain.seal():
        pass
    everything, round_ = Scope.everything("a recount after the storm"), Round.objects.get()
    verdict = chain.verify(round_.community.code)
    valid = Sample.objects.filter(aside="", undone_at=None)
    return {
        "flaws": [flaw.code for flaw in verdict.flaws],
        "rows": verdict.rows,
        "tallies": recount(everything, round_) == kept(everything, round_),
        "entries": {str(ref): status for ref, status in Entry.objects.values_list("ref", "status")},
        "samples": [str(one) for one in valid.values_list("person", flat=True)],
        "swabs": [str(one) for one in Sample.objects.values_list("pk", flat=True)],
        "undone": [str(one) for one in Sample.objects.exclude(undone_at=None).values_list("pk", flat=True)],
        "cards": valid.filter(card="active").count(),
    }  # fmt: skip


def main(words: list[str]) -> int:
    from zhegu.config import start

    start.begin()
    start.ready()
    if words[0] == "make":
        from django.conf import settings

        settings.ALLOWED_HOSTS = ["testserver"]
        print(json.dumps(asdict(_make(int(words[1]), int(words[2])))))
    else:
        print(json.dumps(_check()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
