"""Which profiles may be used, and what they ask for."""

import copy
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhegu.outbreaks.outside.profiles import FOLDER, available, read_file
from zhegu.outbreaks.rules import (
    AppliesTo,
    BadProfile,
    NoMeasure,
    Phase,
    Single,
    StandingKind,
    Warmth,
    doubtful,
    read_profile,
    single_reason,
    sources_of,
    unsourced,
    value_at,
    with_value,
)
from zhegu.outbreaks.rules.checking import problems
from zhegu.outbreaks.saying import measures_said
from zhegu.outbreaks.tests.make import profile


def changed(path: str, value: object) -> dict:
    """The smallest profile with one place set otherwise; `...` removes it."""
    whole = copy.deepcopy(profile())
    *way, last = path.split(".")
    at = whole
    for step in way:
        at = at[step]
    if value is ...:
        del at[last]
    else:
        at[last] = value
    return whole


STAY = {"code": "stay", "stages": [{"kind": "home_isolation", "days": 7}]}


def stay(**changes: object) -> dict:
    """One measure of one stage, changed."""
    return {**STAY, "stages": [{**STAY["stages"][0], **changes}]}


def test_the_smallest_profile_gives_what_sampling_needs():
    rules = read_profile(profile())
    assert rules.mix_ratios == (1, 10)
    assert rules.single_only == {Single.CONTACT, Single.INFANT}
    assert (rules.name("zh"), rules.name("bo"), rules.name("en")) == ("试验热", "试验热", "Test fever")


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        ("schema", "disease-profile/2", "schema"),
        ("id", "", "id"),
        ("status", "tested", "status"),
        ("name.zh", ..., "name.zh"),
        ("name.en", " ", "name.en"),
        ("name.bo", "试验热", "name.bo"),
        ("sampling", ..., "sampling"),
        ("sampling.methods", [], "sampling.methods"),
        ("sampling.mix_ratios", [], "sampling.mix_ratios"),
        ("sampling.mix_ratios", [0, 10], "sampling.mix_ratios"),
        ("sampling.mix_ratios", [30], "sampling.mix_ratios"),
        ("sampling.mix_ratios", ["10"], "sampling.mix_ratios"),
        ("sampling.mix_ratios", [True], "sampling.mix_ratios"),
        ("sampling.single_only", ["contacts"], "sampling.single_only"),
        ("sampling.single_only", ..., "sampling.single_only"),
        ("sampling.result_due_hours", 0, "sampling.result_due_hours"),
        ("sources", [], "sources"),
        ("sources", [{"claim": "x", "confidence": "E"}], "sources.0.confidence"),
        ("incubation_days", {"min": 5, "max": 2}, "incubation_days"),
        ("fever_threshold_c", 373, "fever_threshold_c"),
        ("count_from", 2, "count_from"),
        ("transmission", ["air"], "transmission"),
        ("symptoms", "fever", "symptoms"),
        ("symptoms", [{"code": "odd"}], "symptoms.0.name"),
        ("valid", {"from": "2022-02-30"}, "valid.from"),
        ("valid", {"from": "2022-03-01", "to": "2022-02-01"}, "valid"),
        ("measures", {"code": "case"}, "measures"),
        ("measures", [{"stages": []}], "measures.0.code"),
        ("measures", [STAY, STAY], "measures.stay"),
        ("measures", [{"code": "case"}], "measures.case.stages"),
        ("measures", [{**STAY, "cohabitants": "nobody"}], "measures.stay.cohabitants"),
        ("measures", [{**STAY, "applies_to": "dogs"}], "measures.stay.applies_to"),
        ("measures", [{**STAY, "monitoring": {"temperature_per_day": 9}}], "measures.stay.monitoring.temperature_per_day"),
        ("measures", [{**STAY, "release": {"require": ["luck"]}}], "measures.stay.release.require"),
        ("measures", [stay(kind="prison")], "measures.stay.stages.0.kind"),
        ("measures", [stay(days=None)], "measures.stay.stages.0"),
        ("measures", [stay(days=0)], "measures.stay.stages.0.days"),
        ("measures", [stay(days=7.5)], "measures.stay.stages.0.days"),
        ("measures", [stay(day0="birth")], "measures.stay.stages.0.day0"),
        ("measures", [stay(until="forever")], "measures.stay.stages.0.until"),
        ("measures", [stay(until="fever_free_hours")], "measures.stay.stages.0.hours"),
        ("measures", [stay(test_days=[1, 8])], "measures.stay.stages.0.test_days"),
        ("measures", [stay(test_days=[2, 2])], "measures.stay.stages.0.test_days"),
        ("measures", [stay(tests={"count": 2, "within_days": 9})], "measures.stay.stages.0.tests.within_days"),
        ("measures", [stay(tests={"count": 3, "within_days": 2, "min_gap_hours": 48})], "measures.stay.stages.0.tests"),
        ("measures", [{"code": "two", "stages": [STAY["stages"][0], {"kind": "home_monitoring", "days": 3, "day0": "onset"}]}], "measures.two.stages.1.day0"),
        ("release", {"require": ["days_passed"]}, "release.require"),
        ("risk_levels", {"levels": [{"code": "high", "step_down": {"to": "heaven"}}]}, "risk_levels.levels.high.step_down.to"),
        ("arrivals", [{"risk": "high", "measure": "stay"}], "arrivals.0.risk"),
        ("checkpoint", {"checks": [{"code": "temperature", "refuse_ge": 373}]}, "checkpoint.checks.temperature.refuse_ge"),
        ("checkpoint", {"checks": [{"code": "report", "max_age_hours": 0}]}, "checkpoint.checks.report.max_age_hours"),
        ("checkpoint", {"checks": [{"code": "report", "phases": ["war"]}]}, "checkpoint.checks.report.phases"),
        ("checkpoint", {"outcomes": ["shot"]}, "checkpoint.outcomes"),
        ("outbreak_free", {"conditions": [{"ge": 14}]}, "outbreak_free.conditions.0.check"),
    ],
)
def test_a_profile_with_a_mistake_is_named_where_it_is(path, value, where):
    with pytest.raises(BadProfile) as bad:
        read_profile(changed(path, value))
    assert where in [problem.where for problem in bad.value.problems]


def test_every_mistake_is_named_at_once():
    with pytest.raises(BadProfile) as bad:
        read_profile({"schema": "other", "sampling": {}})
    assert {"schema", "id", "name", "status", "sources", "sampling.mix_ratios"} <= {p.where for p in bad.value.problems}


@pytest.mark.parametrize("whole", [None, [], "text", 7])
def test_what_is_no_mapping_is_no_profile(whole):
    with pytest.raises(BadProfile):
        read_profile(whole)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({}, None),
        ({"standing": StandingKind.CONTACT}, Single.CONTACT),
        ({"standing": StandingKind.ISOLATED}, None),
        ({"infant": True}, Single.INFANT),
        ({"febrile": True}, None),
        ({"awaiting_recheck": True}, None),
        ({"infant": True, "standing": StandingKind.CONTACT}, Single.CONTACT),
    ],
)
def test_who_needs_a_tube_alone_is_what_the_profile_says(facts, reason):
    assert single_reason(read_profile(profile()), **facts) == reason


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda p: p.stem)
def test_each_profile_of_the_house_may_be_used_and_every_number_has_a_source(path):
    whole = read_file(path)
    assert read_profile(whole).id == path.stem
    assert unsourced(whole) == []


def test_a_number_without_a_source_is_found():
    whole = profile(fever_threshold_c=37.5, measures=[{"code": "case", "stages": [{"days": 4}]}])
    assert unsourced(whole) == ["fever_threshold_c", "measures.case.stages.0.days"]


def test_profiles_in_force_come_before_drafts_and_those_before_old_ones():
    statuses = [p.status for p in available()]
    assert statuses == sorted(statuses, key=["active", "draft", "historical"].index)
    assert {"covid19-cn-2022-09ed", "plague", "influenza", "measles", "dengue-chikungunya"} <= {p.id for p in available()}


def house(name: str) -> dict:
    return read_file(FOLDER / f"{name}.yaml")


COVID = read_profile(house("covid19-cn-2022-09ed"))


@pytest.mark.parametrize(
    ("risk", "left", "day", "measure"),
    [
        ("high", "2022-08-10", "2022-08-17", "arrival_high_risk"),
        ("high", "2022-08-09", "2022-08-17", None),
        ("medium", "2022-08-17", "2022-08-17", "arrival_medium_risk"),
        ("low", "2022-08-16", "2022-08-17", "arrival_low_risk"),
        ("unknown", "2022-08-17", "2022-08-17", None),
    ],
)
def test_what_is_proposed_for_who_comes_from_an_area(risk, left, day, measure):
    found = COVID.proposal(risk, date.fromisoformat(left), date.fromisoformat(day))
    assert (found.code if found else None) == measure


def test_without_a_list_the_measures_named_after_the_levels_are_meant():
    whole = {**COVID.whole, "arrivals": None}
    assert {(a.risk, a.measure) for a in read_profile(whole).arrivals} == {(a.risk, a.measure) for a in COVID.arrivals}


def test_any_area_proposes_the_one_measure_for_arrivals():
    dengue = read_profile(house("dengue-chikungunya"))
    found = dengue.proposal("whatever", date(2025, 7, 1), date(2025, 7, 15))
    assert found and found.code == "arrival"


def test_what_a_gate_asks_depends_on_the_phase():
    codes = {phase: [c.code for c in COVID.checks_in(phase)] for phase in (Phase.ROUTINE, Phase.CLOSED)}
    assert codes[Phase.ROUTINE] == ["id_document", "health_code", "travel_code", "temperature", "vaccination"]
    assert set(codes[Phase.CLOSED]) - set(codes[Phase.ROUTINE]) == {"test_report"}
    (temperature,) = [c for c in COVID.checks if c.code == "temperature"]
    assert (temperature.refuse_ge, temperature.optional) == (37.3, False)


@pytest.mark.parametrize(
    ("celsius", "means"),
    [(33.9, "implausible"), (34.0, "normal"), (36.6, "normal"), (37.2, "normal"), (37.3, "fever"), (43.0, "fever"), (43.1, "implausible"), (366, "implausible")],
)
def test_what_a_thermometer_says(celsius, means):
    assert COVID.warmth(celsius) == Warmth(means)


def test_a_profile_without_a_threshold_calls_nothing_fever():
    assert read_profile(profile()).warmth(41.0) == Warmth.NORMAL


def test_whom_a_measure_concerns_follows_from_its_end_where_nothing_is_said():
    said = {"code": "area", "stages": [{"kind": "home_monitoring", "until": "phase_end"}]}
    found = read_profile(profile(measures=[said, STAY])).measures
    assert [m.applies_to for m in found.values()] == [AppliesTo.AREA, AppliesTo.PERSON]


def test_an_unknown_measure_says_so():
    with pytest.raises(NoMeasure):
        COVID.measure("curfew")


@pytest.mark.parametrize("lang", ["zh", "bo", "en"])
@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda p: p.stem)
def test_every_measure_of_the_house_has_words_in_every_language(path, lang):
    for said in measures_said(read_profile(read_file(path)), lang):
        assert said["name"] != said["code"] and all(said["stages"]), said


def test_a_number_is_found_and_changed_by_its_path_and_nothing_else_moves():
    path = "measures.close_contact.stages.0.days"
    changed = with_value(COVID.whole, path, 5)
    assert (value_at(COVID.whole, path), value_at(changed, path)) == (7, 5)
    assert with_value(changed, path, 7) == COVID.whole
    assert sources_of(changed, path)[0]["confidence"] == "A"


def test_numbers_that_ask_to_be_checked_are_named():
    assert "checkpoint.checks.temperature.refuse_ge" in doubtful(COVID.whole)
    assert "measures.close_contact.stages.0.days" not in doubtful(COVID.whole)


ANY = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 500) | st.floats(allow_nan=True) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["code", "kind", "days", "name", "zh", "to", "risk"]), inner, max_size=3),
    max_leaves=6,
)


def places_of(value: object, path: tuple = ()) -> list[tuple]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, one in inside for place in places_of(one, (*path, key)))]


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_whatever_stands_in_a_profile_is_named_or_can_be_used(data):
    """Nonsense anywhere never breaks the checker, and what passes it never breaks its readers."""
    whole = copy.deepcopy(house(data.draw(st.sampled_from(["covid19-cn-2022-09ed", "plague", "dengue-chikungunya"]))))
    place = data.draw(st.sampled_from([p for p in places_of(whole) if p]))
    at = whole
    for step in place[:-1]:
        at = at[step]
    at[place[-1]] = data.draw(ANY)
    if not problems(whole):
        found = read_profile(whole)
        measures_said(found, "zh")
        assert (found.checks, found.outcomes, found.arrivals, found.risk_levels, found.symptoms) is not None


def test_a_word_in_quotes_is_neither_yes_nor_no():
    whole = copy.deepcopy(house("covid19-cn-2022-09ed"))
    check, measure = whole["checkpoint"]["checks"][-1], next(one for one in whole["measures"] if one.get("monitoring"))
    check["optional"], measure["monitoring"]["symptoms"] = "no", 0
    assert [(one.where, one.what) for one in problems(whole)] == [
        (f"measures.{measure['code']}.monitoring.symptoms", "not_true_or_false"),
        (f"checkpoint.checks.{check['code']}.optional", "not_true_or_false"),
    ]
