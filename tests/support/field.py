"""A sampling day made ready for load: a round is open, cards lie on the tables, phones have joined.

`python -m tests.support.field` works on the data that ZHEGU_DATA (and ZHEGU_DATABASE) name, in a process
of its own: `make CODE PEOPLE PHONES` and `check CODE`, a line each on standard input, a line of JSON each
in answer. `Desk` speaks to it; whoever drives phones needs neither Django nor the same database.
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


CODE = "540526101001"


class Desk:
    """The office of one data folder: makes fields and says what stands in them.

    The environment names the data; the process lives until `close`.
    """

    def __init__(self, environment: Mapping[str, str]):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.field"],
            cwd=ROOT, env=dict(environment), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )

    def _ask(self, *words: object) -> str:
        assert self.process.stdin and self.process.stdout
        print(*words, file=self.process.stdin, flush=True)
        said = self.process.stdout.readline()
        assert said, f"the desk failed: {words}"
        return said

    def make(self, people: int, phones: int, code: str = CODE) -> Field:
        """A new community with so many people and phones, on its sampling day."""
        return Field.read(self._ask("make", code, people, phones))

    def check(self, code: str = CODE) -> dict[str, Any]:
        """What stands there: `flaws` of the journal, `tallies` (equal to a recount?), `entries` (answers by
        ref), `swabs`, `undone`, and `odd`: sentences about whatever does not fit together."""
        return json.loads(self._ask("check", code))

    def close(self) -> None:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.close()
        self.process.wait(20)
        self.process.stdout.close()

    def __enter__(self) -> "Desk":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def made(environment: Mapping[str, str], people: int, phones: int) -> Field:
    """A field of so many people and phones in the (empty) data that the environment names."""
    with Desk(environment) as desk:
        return desk.make(people, phones)


def stands(environment: Mapping[str, str]) -> dict[str, Any]:
    """What stands in the data, as `Desk.check` says."""
    with Desk(environment) as desk:
        return desk.check()


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


def _make(code: str, people: int, phones: int) -> Field:
    from django.db import transaction

    from zhegu.sampling.tests.make import Day

    with transaction.atomic():
        day = Day(code, grids=GRIDS, each=0)
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

    now, name = clock.now(), f"sampler-{day.community.code}-{number}"
    phone = make.phone(day.community, now, f"table {number}")
    who = make.signed_on(phone, day.community, staff(name, Role.SAMPLER, day.community), now)
    return Handset(phone.device, phone.token, who, base64.b64encode(phone.keys[who]).decode())


def _check(code: str) -> dict[str, Any]:
    from zhegu.journal import chain
    from zhegu.journal.models import Entry
    from zhegu.lib.scope import Scope
    from zhegu.sampling.models import Round, Sample
    from zhegu.sampling.queries.recount import kept, recount

    while chain.seal():
        pass
    everything, round_ = Scope.everything("a recount after the storm"), Round.objects.get(community__code=code)
    swabs = Sample.objects.filter(round=round_)
    return {
        "flaws": [flaw.code for flaw in chain.verify(code).flaws],
        "tallies": recount(everything, round_) == kept(everything, round_),
        "entries": {str(r): status for r, status in Entry.objects.filter(community=code).values_list("ref", "status")},
        "swabs": [str(one) for one in swabs.values_list("pk", flat=True)],
        "undone": [str(one) for one in swabs.exclude(undone_at=None).values_list("pk", flat=True)],
        "odd": list(_odd(round_)),
    }  # fmt: skip


def _odd(round_: Any) -> Iterator[str]:
    """What may never be, in sentences."""
    from zhegu.cards import queries as cards
    from zhegu.lib.scope import Scope
    from zhegu.sampling import queries

    everything = Scope.everything("looks for what may never be")
    found = queries.coverage(everything, round_)
    for row in [*found.grids, found.whole]:
        if row.roster != row.residents + row.incomers:
            yield f"grid {row.grid}: the five parts are not the roster"
        if row.done != row.single + row.mixed:
            yield f"grid {row.grid}: {row.done} people done by {row.single + row.mixed} swabs"
    for tube in round_.tubes.all():
        inside = round_.samples.filter(tube=tube, undone_at=None).count()
        if tube.swabs != inside:
            yield f"tube {tube.label} says {tube.swabs} and holds {inside}"
    valid = round_.samples.filter(aside="", undone_at=None)
    people = list(valid.values_list("person", flat=True))
    if len(people) != len(set(people)):
        yield "someone has two valid swabs"
    held = set(valid.filter(card="active").values_list("serial", flat=True))
    active = set(
        cards.cards(everything, round_.community).exclude(activated=None).values_list("serial", flat=True)
    )
    if held != active:
        yield f"cards active without a swab {sorted(active - held)[:5]}, swabs without their card {sorted(held - active)[:5]}"


def main() -> int:
    from zhegu.config import start

    start.begin()
    start.ready()
    from django.conf import settings
    from django.db import connection

    settings.ALLOWED_HOSTS = ["testserver"]
    for line in sys.stdin:
        verb, code, *numbers = line.split()
        said = asdict(_make(code, *map(int, numbers))) if verb == "make" else _check(code)
        connection.close()
        print(json.dumps(said), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
