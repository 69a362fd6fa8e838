"""People: the list, one person, adding and correcting."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhegu.accounts import queries as accounts
from zhegu.accounts.actions import record_look
from zhegu.lib import clock
from zhegu.lib.scope import NotFound
from zhegu.lib.texts import has_text, text
from zhegu.pages.doors import accepted, ref_of, room
from zhegu.places import queries as places
from zhegu.registers import actions, queries
from zhegu.registers.forms import REASONS, CorrectionForm, PersonForm, PresenceForm, page_in, wanted_in
from zhegu.registers.ledgers import age_of
from zhegu.registers.models import Person, Presence
from zhegu.registers.rules.facts import FIELDS
from zhegu.registers.rules.rights import CHANGES, KEEPS, READS, REVEALS
from zhegu.registers.views.doors import may, today

PAGE = 50
MOST_HITS = 50


@dataclass(frozen=True)
class Row:
    """One line of the list."""

    person: Person
    age: int | None


def rows(people: Any, on: date) -> list[Row]:
    """People with their ages."""
    return [Row(person, age_of(person, on)) for person in people]


@require_GET
@room(*READS)
def people(request: HttpRequest) -> HttpResponse:
    """The register: search at once, filters that read as a sentence, counts that add up."""
    grids = list(places.grids(request.scope, request.community))
    wanted, words = wanted_in(request.GET, grids), request.GET.get("q", "").strip()
    context = {"words": words, "wanted": wanted, "grids": grids, **may(request)}
    context |= {"presences": Presence.values, "lacks": list(queries.LACKS), "query": _query(request)}
    context["wanted_pairs"] = [(name, value) for name, value in asdict(wanted).items() if value]
    context |= _hits(request, words, wanted) if words else _page(request, wanted)
    return render(request, "registers/_people.html" if request.htmx else "registers/people.html", context)


def _query(request: HttpRequest) -> str:
    """The list's own address without the page, for its print, Excel and next page."""
    asked = request.GET.copy()
    asked.pop("page", None)
    return asked.urlencode()


def _hits(request: HttpRequest, words: str, wanted: queries.Wanted) -> dict[str, Any]:
    asked = wanted if any(asdict(wanted).values()) else queries.Wanted(presence=queries.ANY)
    hits = queries.search(request.scope, request.community, words, MOST_HITS, asked)
    return {"rows": rows([hit.person for hit in hits], today()), "found": len(hits), "more_hits": len(hits) == MOST_HITS}


def _page(request: HttpRequest, wanted: queries.Wanted) -> dict[str, Any]:
    found = queries.page_of(request.scope, request.community, wanted, page_in(request.GET), PAGE)
    return {
        "rows": rows(found.people, today()), "counts": found.counts, "page": found.number, "last": found.last,
        "next": found.number + 1 if found.number < found.last else 0, "previous": found.number - 1,
        "filtered": any(asdict(wanted).values()), "everyone_total": found.counts.total if found.last > 1 else 0,
    }  # fmt: skip


@require_GET
@room(*READS)
def person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """One person: what is known (numbers masked), who lives with them, what happened, who looked."""
    found = queries.person(request.scope, person_id)
    if found.merged_into_id:
        return redirect("registers:person", queries.shown_as(request.scope, found).pk)
    return render(request, "registers/person.html", _about(request, found))


def _about(request: HttpRequest, found: Person) -> dict[str, Any]:
    scope, community = request.scope, found.community
    whole = scope.covers(community.code)
    names = {f"staff:{one.pk}": one.name for one in accounts.staff_at(scope, community.code)} if whole else {}
    history = queries.history(scope, community, found.pk) if whole else []
    looks = accounts.looks_at(scope, found.pk, community.code)[:20] if whole else []
    mine = found.grid.code if found.grid else community.code
    return {
        "person": found, "age": age_of(found, today()), "reasons": REASONS, "today": today(),
        "members": rows(queries.members(scope, found.household), today()) if found.household else [],
        "merges": queries.merges_of(scope, found),
        "history": [(one, names.get(one.actor, ""), _fields(one.fields, request.lang)) for one in history],
        "looks": [
            (look, names.get(look.actor, ""), _fields(look.fields.split(","), request.lang), _why(look.reason, request.lang))
            for look in looks
        ],
        "sees_history": whole,
        "reveals": {name: scope.covers(mine, *roles) for name, roles in REVEALS.items()},
        "presence_form": PresenceForm(lang=request.lang, initial={"since": today(), "presence": found.presence}),
        "may_change": scope.covers(mine, *CHANGES), "may_keep": scope.covers(mine, *KEEPS),
    }  # fmt: skip


def _fields(names: Iterable[str], lang: str) -> str:
    """Names of facts in words; those of other rooms stand as they are."""
    keys = ((name, f"registers.field_{name}") for name in names)
    return " · ".join(text(key, lang) if has_text(key) else name for name, key in keys)


def _why(reason: str, lang: str) -> str:
    key = f"registers.why_{reason}"
    return text(key, lang) if has_text(key) else reason


@require_POST
@room(*READS)
def reveal(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """One whole value, after a reason was given; the look is recorded before it is shown."""
    field = request.POST.get("field", "")
    reason = request.POST.get("reason", "")
    if field not in REVEALS or reason not in REASONS:
        raise NotFound("field")
    found = queries.person(request.scope, person_id, roles=REVEALS[field])
    said = request.POST.get("said", "").strip()[:180]
    record_look(
        request.scope, community=found.community.code, screen="registers.person", fields=[field],
        people=[found.pk], at=clock.now(), reason=said or reason,
    )  # fmt: skip
    shown = {"revealed": field, "value": getattr(found, field)}
    if request.htmx:
        return render(request, "registers/_revealed.html", shown)
    return render(request, "registers/person.html", {**_about(request, found), **shown})


@require_http_methods(["GET", "HEAD", "POST"])
@room(*CHANGES)
def add(request: HttpRequest) -> HttpResponse:
    """Someone new; who may be in the register already is asked about first."""
    scope, community = request.scope, request.community
    asked = request.POST if request.method == "POST" else request.GET
    home = queries.household(scope, asked["household"], roles=CHANGES) if asked.get("household") else None
    grid = places.grid(scope, asked["grid"]) if asked.get("grid") else None
    form = PersonForm(request.POST or None, lang=request.lang, initial={"residence": "resident"})
    context = {
        "form": form, "household": home, "grid": grid, "grids": places.grids(scope, community),
        "may_place_nowhere": scope.covers(community.code, *CHANGES),
    }  # fmt: skip
    if request.method != "POST" or not form.is_valid():
        return render(request, "registers/add.html", context)
    _own_place(request, home, grid)
    where = {"household": home, "grid": grid or (home.grid if home else None)}
    alike = queries.alike(scope, community, form.cleaned_data | where) if not request.POST.get("sure") else []
    if alike:
        return render(request, "registers/add.html", {**context, "alike": rows(alike, today())})
    facts = accepted(
        actions.add_person(
            by=scope.actor, community=community, facts=_plain(form.cleaned_data), household=home, grid=grid,
            at=clock.now(), ref=ref_of(request),
        )
    )  # fmt: skip
    messages.success(request, text("registers.added_now", request.lang, name=form.cleaned_data["name"]))
    return redirect("registers:person", facts["person"])


def _own_place(request: HttpRequest, home: Any, grid: Any) -> None:
    """A grid worker adds to their own grids only; who keeps the register anywhere, or in no grid yet."""
    place = grid or (home.grid if home else None)
    if not request.scope.covers(place.code if place else request.community.code, *CHANGES):
        raise NotFound("grid")


def _plain(facts: dict[str, Any]) -> dict[str, Any]:
    """Facts as plain JSON, the empty ones left out."""
    return {
        name: value.isoformat() if isinstance(value, date) else value for name, value in facts.items() if value
    }


@require_http_methods(["GET", "HEAD", "POST"])
@room(*CHANGES)
def change(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Corrects what is written down; only what was changed on the form is changed."""
    found = queries.person(request.scope, person_id, roles=CHANGES)
    shown = {name: getattr(found, name) for name in FIELDS if name not in ("id_number", "phone", "note")}
    form = CorrectionForm(request.POST or None, person=found, lang=request.lang, initial=shown)
    context = {"person": found, "form": form, "seen": queries.seen_of(request.scope, found)}
    if request.method != "POST" or not form.is_valid():
        return render(request, "registers/change.html", context)
    changes = form.changes(shown)
    if changes:
        seen = {name: request.POST.get(f"seen_{name}", "") for name in changes if f"seen_{name}" in request.POST}
        plain = {n: v.isoformat() if isinstance(v, date) else v for n, v in changes.items()}
        accepted(
            actions.change_person(
                by=request.scope.actor, person=found, changes=plain, seen=seen, at=clock.now(), ref=ref_of(request)
            )
        )  # fmt: skip
        messages.success(request, text("registers.changed_now", request.lang, name=found.name))
    return redirect("registers:person", found.pk)


@require_POST
@room(*CHANGES)
def presence(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Away, back, moved away, died."""
    found = queries.person(request.scope, person_id, roles=CHANGES)
    form = PresenceForm(request.POST, lang=request.lang)
    if not form.is_valid():
        messages.warning(request, text("registers.presence_unclear", request.lang))
        return redirect("registers:person", found.pk)
    act = actions.SetPresence(
        (found,), Presence(form.cleaned_data["presence"]), form.cleaned_data["since"] or today(), clock.now(),
        ref_of(request), form.cleaned_data["reason"],
    )  # fmt: skip
    facts = accepted(actions.set_presence(by=request.scope.actor, community=found.community, items=[act])[0])
    said = "registers.presence_later" if facts["later"] else "registers.presence_now"
    messages.success(request, text(said, request.lang, name=found.name))
    return redirect("registers:person", found.pk)


@require_POST
@room(*CHANGES)
def renew_code(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """A lost personal code is replaced."""
    found = queries.person(request.scope, person_id, roles=CHANGES)
    accepted(
        actions.renew_code(
            by=request.scope.actor, person=found, reason="lost", at=clock.now(), ref=ref_of(request)
        )
    )  # fmt: skip
    messages.success(request, text("registers.code_now", request.lang, name=found.name))
    return redirect("registers:person", found.pk)
