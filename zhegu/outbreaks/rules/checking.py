"""Whether a profile may be used: every mistake with the place where it stands. Pure."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhegu.outbreaks.rules.areas import BODY_C
from zhegu.outbreaks.rules.sources import is_number
from zhegu.outbreaks.rules.words import (
    REQUIRABLE,
    WITH_HOURS,
    AppliesTo,
    Day0,
    Need,
    Outcome,
    Phase,
    Single,
    StageKind,
    Until,
)

SCHEMA = "disease-profile/1"
STATUSES = ("draft", "active", "historical")
CONFIDENCES = ("A", "B", "C", "D")
TRANSMISSION = ("respiratory", "contact", "faecal_oral", "vector", "zoonotic")
LEGAL_CLASSES = ("A", "B", "B-managed-as-A", "C", "other")
MIX_MAX = 20
"""Up to 20 swabs to a tube are validated; pooling tubes again is not (national clinical laboratory centre)."""

DAYS_MAX = 400
READINGS_MAX = 6


@dataclass(frozen=True)
class Problem:
    """What is wrong in a profile: where (dotted path), what (a code), and the offending word if there is one."""

    where: str
    what: str
    word: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.what}" + (f" {self.word}" if self.word else "")


class BadProfile(ValueError):
    """A profile that may not be used; `problems` names everything at once."""

    def __init__(self, problems: list[Problem]):
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems


def problems(whole: Any) -> list[Problem]:
    """Everything that is wrong with a profile, in its own order; unknown keys are let be."""
    return list(_problems(whole))


def _problems(whole: Any) -> Iterator[Problem]:
    if not isinstance(whole, Mapping):
        yield Problem("", "not_a_mapping")
        return
    if whole.get("schema") != SCHEMA:
        yield Problem("schema", "unknown", _shown(whole.get("schema")))
    if not _words(whole.get("id")):
        yield Problem("id", "missing")
    if whole.get("status") not in STATUSES:
        yield Problem("status", "unknown", _shown(whole.get("status")))
    yield from _names("name", whole.get("name"), needed=True)
    yield from _head(whole)
    yield from _sampling(whole.get("sampling"))
    yield from _measures(whole)
    yield from _release("release", whole.get("release"))
    yield from _risks(whole)
    yield from _gate(whole.get("checkpoint"))
    yield from _conditions(whole.get("outbreak_free"))
    yield from _sources(whole.get("sources"))


# --- small tests of one value


def _shown(value: Any) -> str:
    return "" if value is None else str(value)[:40]


def _words(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _whole(value: Any, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _yes(where: str, said: Mapping[str, Any], key: str) -> Iterator[Problem]:
    """`true` or `false`: the word "no" in quotes would otherwise count as a yes."""
    if not isinstance(said.get(key, False), bool):
        yield Problem(f"{where}.{key}", "not_true_or_false", _shown(said[key]))


def _one_of(where: str, value: Any, known: Collection[str]) -> Iterator[Problem]:
    if not isinstance(value, str) or value not in list(known):
        yield Problem(where, "unknown", _shown(value))


def _list(where: str, value: Any) -> Iterator[Problem]:
    if value is not None and not isinstance(value, list):
        yield Problem(where, "not_a_list")


def _listed(value: Any) -> list:
    return value if isinstance(value, list) else []


def _part(where: str, value: Any) -> Iterator[Problem]:
    if value is not None and not isinstance(value, Mapping):
        yield Problem(where, "not_a_mapping")


def _names(where: str, name: Any, *, needed: bool) -> Iterator[Problem]:
    if name is None and not needed:
        return
    if not isinstance(name, Mapping):
        yield Problem(where, "missing")
        return
    for lang in ("zh", "en"):
        if not _words(name.get(lang)):
            yield Problem(f"{where}.{lang}", "missing")
    if name.get("bo") is not None and name["bo"] in (name.get("zh"), name.get("en"), ""):
        yield Problem(f"{where}.bo", "not_tibetan")


# --- the parts of a profile


def _head(whole: Mapping[str, Any]) -> Iterator[Problem]:
    yield from _incubation(whole.get("incubation_days"))
    if "fever_threshold_c" in whole and not _body_temperature(whole["fever_threshold_c"]):
        yield Problem("fever_threshold_c", "not_a_body_temperature", _shown(whole["fever_threshold_c"]))
    if "count_from" in whole and not _whole(whole["count_from"], 0, 1):
        yield Problem("count_from", "not_0_or_1", _shown(whole["count_from"]))
    for key, known in (("transmission", TRANSMISSION),):
        for one in _listed(whole.get(key)):
            yield from _one_of(key, one, known)
    if whole.get("legal_class") is not None:
        yield from _one_of("legal_class", whole["legal_class"], LEGAL_CLASSES)
    yield from _list("symptoms", whole.get("symptoms"))
    yield from _symptoms(_listed(whole.get("symptoms")))
    yield from _valid(whole.get("valid"))


def _body_temperature(value: Any) -> bool:
    return is_number(value) and BODY_C[0] < value < BODY_C[1]


def _symptoms(said: list) -> Iterator[Problem]:
    for number, one in enumerate(said):
        if isinstance(one, Mapping):
            if not _words(one.get("code")):
                yield Problem(f"symptoms.{number}.code", "missing")
            yield from _names(f"symptoms.{number}.name", one.get("name"), needed=True)
        elif not _words(one):
            yield Problem(f"symptoms.{number}", "missing")


def _day(value: Any) -> date | None:
    try:
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError:
        return None


def _valid(valid: Any) -> Iterator[Problem]:
    yield from _part("valid", valid)
    if not isinstance(valid, Mapping):
        return
    days = {key: _day(valid[key]) for key in ("from", "to") if valid.get(key) is not None}
    for key, day in days.items():
        if day is None:
            yield Problem(f"valid.{key}", "not_a_day", _shown(valid[key]))
    if len(days) == 2 and all(days.values()) and days["from"] > days["to"]:  # type: ignore[operator]
        yield Problem("valid", "from_after_to")


def _incubation(days: Any) -> Iterator[Problem]:
    if days is None:
        return
    if not isinstance(days, Mapping) or not all(is_number(days.get(k)) for k in ("min", "max")):
        yield Problem("incubation_days", "missing")
    elif not 0 <= days["min"] <= days["max"]:
        yield Problem("incubation_days", "min_above_max")


def _sampling(sampling: Any) -> Iterator[Problem]:
    if not isinstance(sampling, Mapping):
        yield Problem("sampling", "missing")
        return
    for key in ("methods", "mix_ratios", "single_only"):
        if not isinstance(sampling.get(key), list):
            yield Problem(f"sampling.{key}", "missing")
    methods, ratios = _listed(sampling.get("methods")), _listed(sampling.get("mix_ratios"))
    if not methods or not all(map(_words, methods)):
        yield Problem("sampling.methods", "empty")
    if not ratios or not all(_whole(r, 1, MIX_MAX) for r in ratios):
        yield Problem("sampling.mix_ratios", "not_1_to_20")
    for who in _listed(sampling.get("single_only")):
        yield from _one_of("sampling.single_only", who, Single)
    due = sampling.get("result_due_hours")
    if due is not None and not (is_number(due) and due > 0):
        yield Problem("sampling.result_due_hours", "not_positive")


def _sources(sources: Any) -> Iterator[Problem]:
    if not isinstance(sources, list) or not sources:
        yield Problem("sources", "missing")
        return
    for number, source in enumerate(sources):
        if not isinstance(source, Mapping) or not _words(source.get("claim")):
            yield Problem(f"sources.{number}.claim", "missing")
        elif source.get("confidence") not in CONFIDENCES:
            yield Problem(f"sources.{number}.confidence", "unknown", _shown(source.get("confidence")))
        elif not isinstance(source.get("of", []), list):
            yield Problem(f"sources.{number}.of", "not_a_list")


def _codes(where: str, said: Any) -> Iterator[Problem]:
    """Entries of a list are mappings with a code each, no code twice."""
    yield from _list(where, said)
    seen: set[str] = set()
    for number, one in enumerate(_listed(said)):
        if not isinstance(one, Mapping) or not _words(one.get("code")):
            yield Problem(f"{where}.{number}.code", "missing")
        elif one["code"] in seen:
            yield Problem(f"{where}.{one['code']}", "twice")
        else:
            seen.add(one["code"])


def coded(said: Any) -> list[Mapping[str, Any]]:
    """Those entries of a list that have a code."""
    return [one for one in _listed(said) if isinstance(one, Mapping) and _words(one.get("code"))]


# --- measures


def _measures(whole: Mapping[str, Any]) -> Iterator[Problem]:
    said = whole.get("measures")
    yield from _codes("measures", said)
    codes = {one["code"] for one in coded(said)}
    for one in coded(said):
        where = f"measures.{one['code']}"
        yield from _names(f"{where}.name", one.get("name"), needed=False)
        if one.get("cohabitants") not in (None, "none", *codes):
            yield Problem(f"{where}.cohabitants", "no_such_measure", _shown(one["cohabitants"]))
        if "count_from" in one and not _whole(one["count_from"], 0, 1):
            yield Problem(f"{where}.count_from", "not_0_or_1")
        if one.get("applies_to") is not None:
            yield from _one_of(f"{where}.applies_to", one["applies_to"], AppliesTo)
        if one.get("vaccinate_within_hours") is not None and not _whole(one["vaccinate_within_hours"], 1, 24 * DAYS_MAX):
            yield Problem(f"{where}.vaccinate_within_hours", "not_positive")
        yield from _watch(f"{where}.monitoring", one.get("monitoring"))
        yield from _release(f"{where}.release", one.get("release"))
        yield from _stages(where, one.get("stages"))


def _watch(where: str, said: Any) -> Iterator[Problem]:
    yield from _part(where, said)
    if not isinstance(said, Mapping):
        return
    yield from _yes(where, said, "symptoms")
    if not _whole(said.get("temperature_per_day", 0), 0, READINGS_MAX):
        yield Problem(f"{where}.temperature_per_day", "not_0_to_6", _shown(said["temperature_per_day"]))


def _stages(measure: str, said: Any) -> Iterator[Problem]:
    if not isinstance(said, list) or not said:
        yield Problem(f"{measure}.stages", "missing")
        return
    for number, one in enumerate(said):
        where = f"{measure}.stages.{number}"
        if not isinstance(one, Mapping):
            yield Problem(where, "not_a_mapping")
            continue
        yield from _one_of(f"{where}.kind", one.get("kind"), StageKind)
        if one.get("day0") is not None:
            yield from _one_of(f"{where}.day0", one["day0"], Day0)
            if number:
                yield Problem(f"{where}.day0", "only_in_first_stage")
        yield from _length(where, one)
        yield from _tests(where, one)


def _length(where: str, stage: Mapping[str, Any]) -> Iterator[Problem]:
    days, until = stage.get("days"), stage.get("until")
    if days is None and until is None:
        yield Problem(where, "no_end")
    if days is not None and not _whole(days, 1, DAYS_MAX):
        yield Problem(f"{where}.days", "not_1_to_400", _shown(days))
    if until is not None:
        yield from _one_of(f"{where}.until", until, Until)
    if until in list(WITH_HOURS) and not _whole(stage.get("hours"), 1, 24 * DAYS_MAX):
        yield Problem(f"{where}.hours", "missing")
    if stage.get("or") is not None:
        yield from _one_of(f"{where}.or", stage["or"], [Until.TEST_NEGATIVE])
    if "review_days" in stage and not _whole(stage["review_days"], 1, DAYS_MAX):
        yield Problem(f"{where}.review_days", "not_1_to_400", _shown(stage["review_days"]))


def _tests(where: str, stage: Mapping[str, Any]) -> Iterator[Problem]:
    days, most = stage.get("test_days"), stage.get("days")
    most = most if _whole(most, 1, DAYS_MAX) else DAYS_MAX
    yield from _list(f"{where}.test_days", days)
    if not all(_whole(day, 1, most) for day in _listed(days)):
        yield Problem(f"{where}.test_days", "outside_stage")
    elif len(set(_listed(days))) < len(_listed(days)):
        yield Problem(f"{where}.test_days", "twice")
    tests = stage.get("tests")
    if tests is None:
        return
    if not isinstance(tests, Mapping) or not _whole(tests.get("count"), 1, most):
        yield Problem(f"{where}.tests.count", "missing")
    elif not _whole(tests.get("within_days"), 1, most):
        yield Problem(f"{where}.tests.within_days", "outside_stage")
    elif not _whole(tests.get("min_gap_hours", 0), 0, 24 * DAYS_MAX):
        yield Problem(f"{where}.tests.min_gap_hours", "not_positive")
    elif (tests["count"] - 1) * tests.get("min_gap_hours", 0) > 24 * tests["within_days"]:
        yield Problem(f"{where}.tests", "do_not_fit")


def _release(where: str, said: Any) -> Iterator[Problem]:
    yield from _part(where, said)
    if not isinstance(said, Mapping):
        return
    yield from _list(f"{where}.require", said.get("require"))
    for need in _listed(said.get("require")):
        yield from _one_of(f"{where}.require", need, REQUIRABLE)
    count = said.get(Need.NEGATIVE_TESTS)
    if count is not None and not _whole(count, 1, 20):
        yield Problem(f"{where}.negative_tests", "not_positive")


# --- areas, arrivals, gates


def _risks(whole: Mapping[str, Any]) -> Iterator[Problem]:
    risks = whole.get("risk_levels")
    yield from _part("risk_levels", risks)
    said = risks.get("levels") if isinstance(risks, Mapping) else None
    yield from _codes("risk_levels.levels", said)
    levels = {one["code"] for one in coded(said)}
    for one in coded(said):
        down = one.get("step_down")
        where = f"risk_levels.levels.{one['code']}.step_down"
        yield from _part(where, down)
        if isinstance(down, Mapping) and down.get("to") not in (None, *levels):
            yield Problem(f"{where}.to", "no_such_level", _shown(down["to"]))
    yield from _list("arrivals", whole.get("arrivals"))
    codes = {one["code"] for one in coded(whole.get("measures"))}
    for number, one in enumerate(_listed(whole.get("arrivals"))):
        yield from _arrival(f"arrivals.{number}", one, levels, codes)


def _arrival(where: str, said: Any, levels: set[str], measures: set[str]) -> Iterator[Problem]:
    if not isinstance(said, Mapping):
        yield Problem(where, "not_a_mapping")
        return
    if said.get("risk") not in ("", *levels):
        yield Problem(f"{where}.risk", "no_such_level", _shown(said.get("risk")))
    if said.get("measure") not in tuple(measures):
        yield Problem(f"{where}.measure", "no_such_measure", _shown(said.get("measure")))
    if not _whole(said.get("history_days", 7), 1, DAYS_MAX):
        yield Problem(f"{where}.history_days", "not_1_to_400")


def _gate(gate: Any) -> Iterator[Problem]:
    yield from _part("checkpoint", gate)
    if not isinstance(gate, Mapping):
        return
    yield from _codes("checkpoint.checks", gate.get("checks"))
    for one in coded(gate.get("checks")):
        where = f"checkpoint.checks.{one['code']}"
        yield from _yes(where, one, "optional")
        if one.get("refuse_ge") is not None and not _body_temperature(one["refuse_ge"]):
            yield Problem(f"{where}.refuse_ge", "not_a_body_temperature", _shown(one["refuse_ge"]))
        if one.get("max_age_hours") is not None and not (is_number(one["max_age_hours"]) and one["max_age_hours"] > 0):
            yield Problem(f"{where}.max_age_hours", "not_positive")
        yield from _list(f"{where}.phases", one.get("phases"))
        for phase in _listed(one.get("phases")):
            yield from _one_of(f"{where}.phases", phase, Phase)
    yield from _list("checkpoint.outcomes", gate.get("outcomes"))
    for outcome in _listed(gate.get("outcomes")):
        yield from _one_of("checkpoint.outcomes", outcome, Outcome)
    keep = gate.get("retention_days")
    if keep is not None and not _whole(keep, 0, DAYS_MAX):
        yield Problem("checkpoint.retention_days", "not_0_to_400", _shown(keep))


def _conditions(free: Any) -> Iterator[Problem]:
    yield from _part("outbreak_free", free)
    if not isinstance(free, Mapping):
        return
    yield from _list("outbreak_free.conditions", free.get("conditions"))
    for number, one in enumerate(_listed(free.get("conditions"))):
        if not isinstance(one, Mapping) or not _words(one.get("check")):
            yield Problem(f"outbreak_free.conditions.{number}.check", "missing")
