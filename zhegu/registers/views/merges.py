"""People who may be one: the list, comparing two, merging, undoing."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhegu.accounts.actions import record_look
from zhegu.lib import clock
from zhegu.lib.texts import text
from zhegu.pages.doors import accepted, ref_of, room
from zhegu.places.models import Place
from zhegu.registers import actions, queries
from zhegu.registers.hanging import if_merged, of_merge
from zhegu.registers.models import Person
from zhegu.registers.rules.rights import KEEPS
from zhegu.registers.views.doors import today
from zhegu.registers.views.people import rows

MOST_HITS = 20
COMPARED = ("name", "name_bo", "nickname", "birth_date", "relation")


@require_GET
@room(*KEEPS)
def duplicates(request: HttpRequest) -> HttpResponse:
    """Pairs that may be one person, each with what they share."""
    pairs = queries.possible_duplicates(request.scope, request.community)
    found = [(*rows((one, other), today()), shared) for one, other, shared in pairs]
    return render(request, "registers/duplicates.html", {"pairs": found})


@require_GET
@room(*KEEPS)
def whom(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """With whom is this person to be merged: those who look alike, and a search."""
    found = queries.person(request.scope, person_id, roles=KEEPS)
    words = request.GET.get("q", "").strip()
    if words:
        hits = [hit.person for hit in queries.search(request.scope, found.community, words, MOST_HITS)]
    else:
        facts = {"name": found.name, "birth_date": found.birth_date, "birth_year": found.birth_year}
        hits = queries.alike(request.scope, found.community, facts | {"household": found.household, "grid": found.grid})
    others = rows([one for one in hits if one.pk != found.pk], today())
    return render(request, "registers/merge_whom.html", {"person": found, "words": words, "rows": others})


@require_http_methods(["GET", "HEAD", "POST"])
@room(*KEEPS)
def merge(request: HttpRequest, person_id: UUID, other_id: UUID) -> HttpResponse:
    """Two people side by side: they are one, or they are not."""
    one = queries.person(request.scope, person_id, roles=KEEPS)
    other = queries.person(request.scope, other_id, roles=KEEPS)
    if request.method != "POST":
        hanging = [if_merged(request.scope, kept, gone, request.lang) for kept, gone in ((one, other), (other, one))]
        _looked(request, one.community, one, other)
        context = {"both": zip(rows((one, other), today()), hanging, strict=True), "one": one, "other": other}
        return render(request, "registers/merge.html", context)
    who, when = request.scope.actor, clock.now()
    if request.POST.get("different"):
        accepted(actions.call_different(by=who, one=one, other=other, at=when, ref=ref_of(request)))
        messages.success(request, text("registers.different_now", request.lang))
        return redirect("registers:duplicates")
    kept, dropped = (other, one) if request.POST.get("keep") == str(other.pk) else (one, other)
    answer = accepted(actions.merge_people(by=who, kept=kept, dropped=dropped, at=when, ref=ref_of(request)))
    messages.success(request, text("registers.merged_now", request.lang, name=kept.name))
    return redirect("registers:merged", answer["merge"])


def _looked(request: HttpRequest, community: Place, *people: Person) -> None:
    """Of the community whose people they are, whichever one has turned to."""
    record_look(
        request.scope, community=community.code, screen="registers.merge", fields=["name", "hanging"],
        people=[one.pk for one in people], at=clock.now(),
    )  # fmt: skip


@require_GET
@room(*KEEPS)
def merged(request: HttpRequest, merge_id: UUID) -> HttpResponse:
    """A merge that was made: what came with it, what is on both and wants a look, and undoing it."""
    found = queries.merge(request.scope, merge_id)
    hanging = of_merge(request.scope, found, request.lang) if found.undone is None else None
    _looked(request, found.community, found.kept, found.dropped)
    return render(request, "registers/merged.html", {"merge": found, "hanging": hanging})


@require_POST
@room(*KEEPS)
def undo(request: HttpRequest, merge_id: UUID) -> HttpResponse:
    """Two people again."""
    found = queries.merge(request.scope, merge_id)
    accepted(actions.undo_merge(by=request.scope.actor, merge=found, at=clock.now(), ref=ref_of(request)))
    messages.success(request, text("registers.undone_now", request.lang))
    return redirect("registers:person", found.kept_id)
