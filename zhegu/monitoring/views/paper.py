"""On paper and as a workbook: the notice that a measure holds (F23), and the certificate that it is over (F22)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from zhegu.lib import clock
from zhegu.lib.answers import Refused, RefusedError
from zhegu.lib.paper import FontMissing, Imprint, Letter, print_letters
from zhegu.lib.tables import Column, Phrase, Plain, Sheet, Table, Words, as_xlsx, say
from zhegu.lib.texts import text
from zhegu.monitoring import queries
from zhegu.monitoring.models import Measure
from zhegu.monitoring.rules import Ended
from zhegu.monitoring.views.doors import looked, sees
from zhegu.outbreaks import queries as outbreaks

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LANGUAGES = {"zh": ("zh", "bo"), "bo": ("bo", "zh"), "en": ("en", "zh")}


@require_GET
@sees
def notice(request: HttpRequest, measure_id: UUID) -> HttpResponse:
    """Why, from when to when, what it asks, which rights one has and whom to call; refused while it waits."""
    row = queries.measure(request.scope, measure_id)
    if not row.holds:
        raise RefusedError(Refused("monitoring.no_notice"))
    return _printed(request, row, _notice(request, row))


@require_GET
@sees
def certificate(request: HttpRequest, measure_id: UUID) -> HttpResponse:
    """That the person was released with everything done; refused for every other end."""
    row = queries.measure(request.scope, measure_id)
    if row.how != Ended.RELEASED:
        raise RefusedError(Refused("monitoring.no_certificate"))
    return _printed(request, row, _certificate(request, row))


def _whom(row: Measure) -> Words:
    if row.person:
        return Plain(" · ".join(filter(None, (row.person.name, row.person.name_bo))))
    return "monitoring.everybody_here" if row.place_id == row.community_id else Plain(row.place.name or row.place.code)


def _facts(request: HttpRequest, row: Measure) -> tuple[tuple[Words, Words], ...]:
    """Which measure, since when, until when: in all languages of the sheet."""
    course = queries.course(request.scope, row, clock.local_day(clock.now()))
    name = Plain(" · ".join(dict.fromkeys(outbreaks.measure_name(course.rule, lang) for lang in LANGUAGES[request.lang])))
    house = row.person.household if row.person else None
    ends: Words = Plain(course.ends_on.isoformat()) if course.ends_on else "monitoring.open_end"
    found: list[tuple[Words, Words]] = [
        ("monitoring.measure", name),
        ("monitoring.ground", Phrase(f"monitoring.ground_{row.ground}")),
        ("monitoring.since", Plain(row.holds_from.isoformat())),
        ("monitoring.released_on", Plain(clock.local_day(row.ended).isoformat())) if row.ended else ("monitoring.until", ends),
    ]
    if house:
        found.append(("monitoring.address", Plain(" ".join(filter(None, (house.address, house.door, house.no))))))
    return tuple(found)


def _notice(request: HttpRequest, row: Measure) -> Letter:
    course = queries.course(request.scope, row, clock.local_day(clock.now()))
    tests = "、".join(state.due.latest.isoformat() for state in course.tests)
    says: list[Words] = ["monitoring.rule_stay_in" if course.stays_in else "monitoring.rule_watch"]
    if course.rule.monitoring.temperature_per_day or course.rule.monitoring.symptoms:
        says.append("monitoring.rule_checks")
    if tests:
        says.append(Phrase.of("monitoring.rule_tests", days=tests))
    says += ["monitoring.right_reason", "monitoring.right_contest", "monitoring.right_help", "monitoring.right_end"]
    facts = (*_facts(request, row), ("monitoring.evidence_short", Plain(row.evidence)))
    signs = ("monitoring.sign_worker", "monitoring.sign_doctor", "monitoring.sign_call", "monitoring.sign_received", "monitoring.sign_date")
    return Letter("monitoring.f23_title", _whom(row), facts, tuple(says), signs, f"F23 · {str(row.pk)[-8:]}")


def _certificate(request: HttpRequest, row: Measure) -> Letter:
    signs = ("paper.compiled_by", "paper.in_charge", "monitoring.sign_date")
    return Letter("monitoring.f22_title", _whom(row), _facts(request, row), ("monitoring.f22_says",), signs, f"F22 · {str(row.pk)[-8:]}")


def _printed(request: HttpRequest, row: Measure, letter: Letter) -> HttpResponse:
    looked(request, "paper", ["name", "measure", "address"], [row.person_id])
    if request.GET.get("format") == "xlsx":
        return _workbook(letter, request.lang)
    place = request.community
    imprint = Imprint(place.name or place.code, request.user.name, clock.now(), LANGUAGES[request.lang])
    try:
        body = print_letters([letter], imprint)
    except FontMissing as missing:
        words = {"family": missing.family, "package": missing.package}
        messages.error(request, text("paper.font_missing", request.lang, **words))
        return redirect("monitoring:measure", row.pk)
    answer = HttpResponse(body, content_type="application/pdf")
    answer["Content-Disposition"] = "inline"
    answer["Cache-Control"] = "no-store"
    return answer


def _workbook(letter: Letter, lang: str) -> HttpResponse:
    """The same words a line each, to be filled in and printed where there is no font for the print."""
    columns = (Column("label", "monitoring.letter_item", width=24), Column("value", "monitoring.letter_says", width=48))
    rows = [{"label": say(label, lang), "value": say(value, lang)} for label, value in letter.facts]
    sheet = Sheet(landscape=False, before=(letter.to,), after=(*letter.says, *letter.signs, Plain(letter.number)))
    answer = HttpResponse(as_xlsx((Table(columns, rows, letter.title), sheet), lang=lang), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{letter.number.replace(" · ", "-")}.xlsx"'
    answer["Cache-Control"] = "no-store"
    return answer
