"""Problems and plan of a day: typed once, in every report of the day; corrections as versions; nobody in the chat text."""

from datetime import timedelta

import pytest
from django.urls import reverse

from zhegu.accounts.models import Role
from zhegu.accounts.tests.make import staff
from zhegu.lib import clock
from zhegu.lib.ids import new_id
from zhegu.lib.outgoing import MOST_CHARACTERS
from zhegu.lib.texts import text
from zhegu.places.tests.make import B, community
from zhegu.reports import actions, queries
from zhegu.reports.ledgers import day_ledger
from zhegu.reports.models import DayNote
from zhegu.reports.outside.blanks import open_blank
from zhegu.reports.outside.catalogue import catalogue
from zhegu.reports.rules.notes import LONGEST_NOTE
from zhegu.reports.tests.blanks.drawing import drawn, forms
from zhegu.reports.tests.test_views import visitor
from zhegu.sampling.tests.make import Day

PROBLEMS, PLAN = "三网格缺防护服", "明天上午补采"
TODAY = clock.local_day(clock.now())


@pytest.fixture
def day(db) -> Day:
    made = Day().open()
    made.community.name = "冲曲社区"
    made.community.save()
    made.take(made.people[0])
    return made


@pytest.fixture
def ana(day):
    return visitor(day.office)


def written(client, problems: str = PROBLEMS, plan: str = PLAN, day=TODAY):
    return client.post(reverse("reports:note_day"), {"day": day.isoformat(), "problems": problems, "plan": plan})


def chat(day: Day, lang: str = "zh") -> str:
    return queries.day_words(day.scope, day.community, clock.now(), lang)


def test_what_is_typed_once_stands_on_the_page_in_f20_and_in_the_chat_text(day, ana):
    assert text("reports.note_none", "zh") in ana.get(reverse("reports:day")).content.decode()
    assert written(ana).status_code == 302
    page = ana.get(reverse("reports:day")).content.decode()
    assert PROBLEMS in page and PLAN in page and day.office.name in page and text("reports.note_none", "zh") not in page
    table = queries.form_table(day.scope, catalogue()["F20"], as_of=clock.now(), about={"community": day.community, "since": TODAY, "until": TODAY})
    assert (table.rows[0]["problems"], table.rows[0]["plan"]) == (PROBLEMS, PLAN)
    assert text("reports.chat_problems", "zh", words=PROBLEMS) in chat(day) and text("reports.chat_plan", "zh", words=PLAN) in chat(day)


def test_an_upper_offices_daily_report_is_filled_with_it(day, ana):
    written(ana)
    form = next(one for one in forms() if any("problems" in cell for row in one.get("cells", []) for cell in row))
    now = clock.now()
    done = actions.fill_blank(
        day.scope, day.community, open_blank(drawn(form, 1).content), actions.Filling("t"), as_of=now, at=now, ref=new_id()
    )
    found = {one.sources[write.row, write.column].field: write.value for _, one in done.placed for write in one.writes}
    assert found["problems"] == PROBLEMS and (found["plan"] == PLAN if "plan" in found else True)


def test_a_correction_is_a_version_and_yesterday_keeps_its_words(day, ana):
    written(ana)
    before = clock.now()
    written(ana, "防护服已补")
    assert queries.note(day.scope, day.community, TODAY, before).problems == PROBLEMS
    assert [one.problems for one in queries.notes(day.scope, day.community, TODAY, clock.now())] == ["防护服已补", PROBLEMS]
    assert PROBLEMS in ana.get(reverse("reports:day")).content.decode(), "what was corrected stays to be read"
    assert written(ana, "防护服已补").status_code == 409, "nothing was changed"
    yesterday = TODAY - timedelta(days=1)
    written(ana, "昨天停电", "", yesterday)
    (row,) = day_ledger(day.scope, as_of=clock.now(), community=day.community, until=yesterday).rows
    assert (row["problems"], row["plan"]) == ("昨天停电", "")


@pytest.mark.parametrize(
    ("problems", "reason"),
    [
        ("请打13912345678", "note_number"), ("证件 540526 1990 0101 1234", "note_number"), ("༡༣༩༡༢༣༤༥༦༧༨", "note_number"),
        ("长" * (LONGEST_NOTE + 1), "note_long"),
    ],
)  # fmt: skip
def test_phones_ids_and_too_many_words_are_refused(day, ana, problems, reason):
    refused = written(ana, problems)
    assert refused.status_code == 409 and not DayNote.objects.exists()
    assert text(f"reports.{reason}", "zh", most=LONGEST_NOTE)[:8] in refused.content.decode()


def test_a_name_is_flagged_and_never_told_in_the_chat(day, ana):
    day.people[0].name = "次仁多吉"
    day.people[0].save()
    written(ana, "次仁 多吉家没有药")
    page = ana.get(reverse("reports:day")).content.decode()
    assert text("reports.note_names", "zh") in page
    assert "多吉" not in chat(day) and text("reports.figure_sampling_done", "zh") in chat(day)


@pytest.mark.parametrize("lang", ["zh", "bo", "en"])
def test_the_longest_words_leave_room_for_figures(day, ana, lang):
    written(ana, "长" * LONGEST_NOTE, "远" * LONGEST_NOTE)
    words = chat(day, lang)
    assert len(words) <= MOST_CHARACTERS and "远" * LONGEST_NOTE in words and text("reports.figure_sampling_done", lang) in words


def test_no_day_to_come_and_no_other_community(day, ana):
    assert written(ana, day=TODAY + timedelta(days=1)).status_code == 409
    assert ana.post(reverse("reports:note_day"), {"problems": "x"}).status_code == 409
    written(ana)
    chen = visitor(staff("chen", Role.OFFICE, community(B)))
    assert PROBLEMS not in chen.get(reverse("reports:day")).content.decode()
    assert visitor(staff("dawa", Role.SAMPLER, day.community)).post(reverse("reports:note_day"), {"day": TODAY.isoformat(), "plan": "x"}).status_code in (403, 404)
