"""What was approved for a day, a week or a month answers for it: the figures of a locked report are those that were reported.

The reports themselves are asked, never the list of what is to be done: a report stays approved however old it is, and
when its blank is no longer in use.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db.models import F, Q, QuerySet

from zhegu.lib.answers import Refused, RefusedError
from zhegu.lib.scope import Scope
from zhegu.lib.tables import Named, Phrase, Plain, Table, say
from zhegu.places import queries as places
from zhegu.places.models import Place
from zhegu.reports.models import PeriodReport
from zhegu.reports.outside.catalogue import catalogue
from zhegu.reports.outside.figures import specs
from zhegu.reports.queries.rounds import About, form_table
from zhegu.reports.rules.figures import Number
from zhegu.reports.rules.forms import Form
from zhegu.reports.rules.telling import place_words
from zhegu.sampling import queries as sampling

DAY, GRID = "reports.day", "grid"


def approved(scope: Scope, community: Place, first: date, last: date, known_at: datetime) -> dict[str, Number]:
    """Figures of these days by their names, from reports of them alone that were approved at every level by then; of
    versions the one that was approved last."""
    return _figures(_versions(scope, community, Q(first=first, last=last), known_at))


def days_approved(
    scope: Scope, community: Place, at: datetime, since: date = date.min, until: date = date.max
) -> dict[date, dict[str, Number]]:
    """Every day for which a report was approved by then, with the figures that were: whoever keeps figures compares."""
    by_day: dict[date, list[PeriodReport]] = {}
    for version in _versions(scope, community, Q(first=F("last"), first__gte=since, last__lte=until), at):
        by_day.setdefault(version.first, []).append(version)
    return {day: _figures(versions) for day, versions in sorted(by_day.items())}


def _versions(scope: Scope, community: Place, of: Q, known_at: datetime) -> QuerySet[PeriodReport]:
    """Those that were locked by then, the last first."""
    places.reached(scope, community)
    found = PeriodReport.objects.filter(of, community=community, locked_at__lte=known_at)
    return found.select_related("made", "blank").order_by("-locked_at", "-no")


def _figures(versions: Iterable[PeriodReport]) -> dict[str, Number]:
    forms = {form.id for form in catalogue().values() if form.source == DAY}
    names = {theirs: one.name for one in specs() for theirs in (one.outer, one.name) if theirs}
    found: dict[str, Number] = {}
    for version in versions:
        for said in version.made.cells.values():
            if said["form"] in forms and said["field"] in names:
                found.setdefault(names[said["field"]], said.get("own", said["value"]))
    return found


def asked_table(scope: Scope, community: Place, form: Form, about: About, as_of: datetime) -> Table:
    """The form about what is asked, as it is counted or, where that is wanted, as it was approved."""
    if about.approved:
        return approved_table(scope, community, form, about, as_of)
    return form_table(scope, form, as_of=as_of, about=about.values(community))


def approved_table(scope: Scope, community: Place, form: Form, about: About, as_of: datetime) -> Table:
    """The form's figures as they stood in the report that was approved by then for its round or its days, of versions
    the one approved last; raises RefusedError where there is none."""
    for version in _versions(scope, community, _of(scope, community, about), as_of):
        lines = _lines(form, version)
        if lines:
            return _as_table(scope, community, form, version, lines)
    raise RefusedError(Refused("reports.none_approved"))


def _of(scope: Scope, community: Place, about: About) -> Q:
    """Reports that were filled while the round was the newest, or of just these days."""
    if about.round is None:
        return Q(first=about.since, last=about.until)
    later = sampling.rounds(scope, community).filter(opened_at__gt=about.round.opened_at).order_by("opened_at").first()
    before = Q(made__as_of__lt=later.opened_at) if later else Q()
    return before & Q(made__as_of__gte=about.round.opened_at)


def _lines(form: Form, version: PeriodReport) -> dict[str, dict[str, Number]]:
    """What was written of this form, by the code of the grid (empty for all together) and our name of the figure."""
    found: dict[str, dict[str, Number]] = {}
    for said in version.made.cells.values():
        if said["form"] == form.id:
            ours = form.outer.get(said["field"], said["field"])
            found.setdefault(said["place"], {}).setdefault(ours, said.get("own", said["value"]))
    return found


def _as_table(
    scope: Scope, community: Place, form: Form, version: PeriodReport, lines: Mapping[str, Mapping[str, Number]]
) -> Table:
    names = {grid.code: _named(grid) for grid in places.grids(scope, community)}
    written = {name for line in lines.values() for name in line} | {GRID}
    rows = [{GRID: names.get(code, Plain(code)), **line} for code, line in sorted(lines.items()) if code]
    said = Phrase.of("reports.approved_said", first=version.first, last=version.last, no=version.no, form=version.blank.name)
    columns = tuple(one for one in form.columns if one.field in written)
    return Table(columns, rows or [lines[""]], form.title, said, lines.get("") if rows else None)


def _named(grid: Place) -> Named:
    return Named(lambda lang: say(place_words(grid, lang), lang))
