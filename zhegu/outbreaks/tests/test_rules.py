"""Which profiles may be used, and what they ask for."""

import copy

import pytest

from zhegu.outbreaks.outside.profiles import FOLDER, available, read_file
from zhegu.outbreaks.rules import BadProfile, Single, StandingKind, read_profile, single_reason, unsourced
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
