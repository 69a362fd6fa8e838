"""Building sites and the people who work there."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from zhegu.arrivals.actions.kinds import OPERATION, PURPOSE, Happened
from zhegu.arrivals.models import Site, Worker
from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.scope import Actor
from zhegu.places.models import Place
from zhegu.registers.models import Person


@dataclass(frozen=True)
class NewSite:
    """A site as the office describes it; `leave_ban`: its people may not leave it."""

    name: str
    contractor: str = ""
    contact: str = ""
    contact_phone: str = ""
    leave_ban: bool = False
    grid: Place | None = None

    @property
    def body(self) -> dict:
        """As it is journalled; the number of whom to call stands in the sealed row alone."""
        return {
            "name": self.name, "contractor": self.contractor, "contact": self.contact, "leave_ban": self.leave_ban,
            "grid": self.grid.code if self.grid else "",
        }  # fmt: skip


def _wrong(community: Place, site: NewSite, other_than: UUID | None = None) -> Refused | None:
    if not site.name.strip():
        return Refused("arrivals.site_name_needed", {"field": "name"})
    if Site.objects.filter(community=community, name=site.name.strip()).exclude(pk=other_than).exists():
        return Refused("arrivals.site_name_taken", {"field": "name"})
    foreign = site.grid and site.grid.community_code != community.code
    return Refused("arrivals.unknown_grid", {"field": "grid"}) if foreign else None


def _set(row: Site, site: NewSite) -> None:
    row.name, row.contractor, row.contact = site.name.strip(), site.contractor.strip(), site.contact.strip()
    row.contact_phone, row.leave_ban, row.grid = site.contact_phone.strip(), site.leave_ban, site.grid
    row.save()


def add_site(*, by: Actor, community: Place, site: NewSite, at: datetime, ref: UUID) -> Answer:
    """The site is known; facts: `site`. Refused: no name or a taken one, a grid of another community."""

    def do(fresh: list[Command]) -> list[Outcome]:
        if refused := _wrong(community, site):
            return [refused]
        _set(Site(id=ref, community=community), site)
        return [Accepted({"site": str(ref)})]

    return journal.once([Command(ref, Happened.SITE_ADDED, community.code, by, at, site.body, OPERATION)], do)[0]


def change_site(*, by: Actor, site: Site, to: NewSite, at: datetime, ref: UUID) -> Answer:
    """The site is as described. Refused: as for a new one."""

    def do(fresh: list[Command]) -> list[Outcome]:
        row = Site.objects.select_for_update(of=("self",)).select_related("community").get(pk=site.pk)
        if refused := _wrong(row.community, to, row.pk):
            return [refused]
        _set(row, to)
        return [Accepted({"site": str(row.pk)})]

    body = {"site": str(site.pk), **to.body}
    return journal.once([Command(ref, Happened.SITE_CHANGED, site.community.code, by, at, body, OPERATION)], do)[0]


def close_site(*, by: Actor, site: Site, day: date, at: datetime, ref: UUID) -> Answer:
    """Nobody works there after that day. Refused: it was closed before."""

    def do(fresh: list[Command]) -> list[Outcome]:
        if not Site.objects.filter(pk=site.pk, closed=None).update(closed=at):
            return [Refused("arrivals.site_closed")]
        Worker.objects.filter(site=site, left=None).update(left=day)
        return [Accepted({"site": str(site.pk)})]

    body = {"site": str(site.pk), "day": day.isoformat()}
    return journal.once([Command(ref, Happened.SITE_CLOSED, site.community.code, by, at, body, OPERATION)], do)[0]


@dataclass(frozen=True)
class NewWorker:
    """Someone of the register who works at a site from a day on."""

    person: Person
    since: date
    origin: str = ""
    dorm: str = ""
    doses: int | None = None


def add_worker(*, by: Actor, site: Site, worker: NewWorker, at: datetime, ref: UUID) -> Answer:
    """They stand among the people of the site; facts: `worker`. Refused: the site is closed, they stand there
    already, or belong to another community."""

    def do(fresh: list[Command]) -> list[Outcome]:
        if not Site.objects.filter(pk=site.pk, closed=None).exists():
            return [Refused("arrivals.site_closed")]
        if worker.person.community_id != site.community_id:
            return [Refused("registers.other_community")]
        if Worker.objects.filter(site=site, person=worker.person, left=None).exists():
            return [Refused("arrivals.works_there")]
        Worker.objects.create(
            id=ref, site=site, person=worker.person, origin=worker.origin.strip(), since=worker.since,
            dorm=worker.dorm.strip(), doses=worker.doses,
        )  # fmt: skip
        return [Accepted({"worker": str(ref)})]

    body = {
        "site": str(site.pk), "person": str(worker.person.pk), "since": worker.since.isoformat(), "origin": worker.origin,
        "dorm": worker.dorm, "doses": worker.doses,
    }  # fmt: skip
    return journal.once([Command(ref, Happened.WORKER_ADDED, site.community.code, by, at, body, PURPOSE)], do)[0]


def worker_left(*, by: Actor, worker: Worker, day: date, at: datetime, ref: UUID) -> Answer:
    """They work there no more after that day. Refused: they had left before, or a day before they came."""

    def do(fresh: list[Command]) -> list[Outcome]:
        if day < worker.since:
            return [Refused("arrivals.left_before_coming", {"field": "day"})]
        changed = Worker.objects.filter(pk=worker.pk, left=None).update(left=day)
        return [Accepted({"worker": str(worker.pk)}) if changed else Refused("arrivals.left_before")]

    body = {"worker": str(worker.pk), "day": day.isoformat()}
    return journal.once([Command(ref, Happened.WORKER_LEFT, worker.site.community.code, by, at, body, PURPOSE)], do)[0]
