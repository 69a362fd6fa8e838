"""What a disease profile says and whether it may be used. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

SCHEMA = "disease-profile/1"
STATUSES = ("draft", "active", "historical")
CONFIDENCES = ("A", "B", "C", "D")
MIX_MAX = 20
"""Up to 20 swabs to a tube are validated; pooling tubes again is not (national clinical laboratory centre)."""


class Single(StrEnum):
    """Who must have a tube of their own, where a profile says so."""

    CONTACT = "contact"
    ISOLATED = "isolated"
    FEBRILE = "febrile"
    INFANT = "infant"
    AWAITING_RECHECK = "awaiting_recheck"


class StandingKind(StrEnum):
    """What a person is to the outbreak; nothing is said of most people."""

    ISOLATED = "isolated"
    CONTACT = "contact"
    NONE = "none"


class Result(StrEnum):
    """Of one person's test."""

    NEGATIVE = "negative"
    POSITIVE = "positive"
    GREY = "grey"


@dataclass(frozen=True)
class Problem:
    """What is wrong in a profile: where (dotted path) and what (a code)."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


class BadProfile(ValueError):
    """A profile that may not be used; `problems` names everything at once."""

    def __init__(self, problems: list[Problem]):
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems


@dataclass(frozen=True)
class Profile:
    """What sampling needs of a profile; `whole` is all of it, for those who need more."""

    id: str
    names: dict[str, str]
    status: str
    methods: tuple[str, ...]
    mix_ratios: tuple[int, ...]
    single_only: frozenset[Single]
    result_due_hours: int | None
    fever_threshold_c: float | None
    whole: Mapping[str, Any] = field(repr=False, hash=False, compare=False)

    def name(self, lang: str) -> str:
        """The name in that language; Chinese where it has none."""
        return self.names.get(lang) or self.names["zh"]


def read_profile(whole: Any) -> Profile:
    """The profile, checked; raises BadProfile naming every problem. Unknown keys are let be."""
    problems = list(_problems(whole))
    if problems:
        raise BadProfile(problems)
    sampling = whole["sampling"]
    return Profile(
        id=whole["id"],
        names={lang: words for lang, words in whole["name"].items() if words},
        status=whole["status"],
        methods=tuple(sampling["methods"]),
        mix_ratios=tuple(sorted(set(sampling["mix_ratios"]))),
        single_only=frozenset(Single(who) for who in sampling["single_only"]),
        result_due_hours=sampling.get("result_due_hours"),
        fever_threshold_c=whole.get("fever_threshold_c"),
        whole=whole,
    )


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _words(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _problems(whole: Any) -> Iterator[Problem]:
    if not isinstance(whole, Mapping):
        yield Problem("", "not_a_mapping")
        return
    if whole.get("schema") != SCHEMA:
        yield Problem("schema", "unknown")
    if not _words(whole.get("id")):
        yield Problem("id", "missing")
    if whole.get("status") not in STATUSES:
        yield Problem("status", "unknown")
    yield from _name_problems(whole.get("name"))
    yield from _sampling_problems(whole.get("sampling"))
    yield from _source_problems(whole.get("sources"))
    yield from _incubation_problems(whole.get("incubation_days"))
    if "fever_threshold_c" in whole and not (_is_number(whole["fever_threshold_c"]) and 35 <= whole["fever_threshold_c"] <= 42):
        yield Problem("fever_threshold_c", "not_a_body_temperature")


def _name_problems(name: Any) -> Iterator[Problem]:
    if not isinstance(name, Mapping):
        yield Problem("name", "missing")
        return
    for lang in ("zh", "en"):
        if not _words(name.get(lang)):
            yield Problem(f"name.{lang}", "missing")
    if name.get("bo") is not None and name["bo"] in (name.get("zh"), name.get("en"), ""):
        yield Problem("name.bo", "not_tibetan")


def _sampling_problems(sampling: Any) -> Iterator[Problem]:
    if not isinstance(sampling, Mapping):
        yield Problem("sampling", "missing")
        return
    for key in ("methods", "mix_ratios", "single_only"):
        if not isinstance(sampling.get(key), list):
            yield Problem(f"sampling.{key}", "missing")
    if not sampling.get("methods") or not all(map(_words, sampling["methods"])):
        yield Problem("sampling.methods", "empty")
    ratios = sampling.get("mix_ratios") or []
    if not ratios or not all(isinstance(r, int) and not isinstance(r, bool) and 1 <= r <= MIX_MAX for r in ratios):
        yield Problem("sampling.mix_ratios", "not_1_to_20")
    for who in sampling.get("single_only") or []:
        if who not in list(Single):
            yield Problem("sampling.single_only", f"unknown {who}")
    due = sampling.get("result_due_hours")
    if due is not None and not (_is_number(due) and due > 0):
        yield Problem("sampling.result_due_hours", "not_positive")


def _source_problems(sources: Any) -> Iterator[Problem]:
    if not isinstance(sources, list) or not sources:
        yield Problem("sources", "missing")
        return
    for number, source in enumerate(sources):
        if not isinstance(source, Mapping) or not _words(source.get("claim")):
            yield Problem(f"sources.{number}.claim", "missing")
        elif source.get("confidence") not in CONFIDENCES:
            yield Problem(f"sources.{number}.confidence", "unknown")


def _incubation_problems(days: Any) -> Iterator[Problem]:
    if days is None:
        return
    if not isinstance(days, Mapping) or not all(_is_number(days.get(k)) for k in ("min", "max")):
        yield Problem("incubation_days", "missing")
    elif not 0 <= days["min"] <= days["max"]:
        yield Problem("incubation_days", "min_above_max")


def numbers_in(value: Any, path: str = "") -> Iterator[str]:
    """Dotted paths of every number; entries of a list go by their code or name where they have one."""
    if isinstance(value, Mapping):
        for key, inside in value.items():
            if not (path == "" and key in ("sources", "valid")):
                yield from numbers_in(inside, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list | tuple):
        for number, inside in enumerate(value):
            named = inside.get("code") if isinstance(inside, Mapping) else None
            yield from numbers_in(inside, f"{path}.{named or number}")
    elif _is_number(value):
        yield path


def unsourced(whole: Mapping[str, Any]) -> list[str]:
    """Paths of the numbers for which no source speaks (`sources[].of` names what one speaks for)."""
    spoken = [part for source in whole.get("sources") or [] for part in source.get("of", [])]
    return [
        path for path in numbers_in(whole)
        if not any(path == part or path.startswith(f"{part}.") for part in spoken)
    ]  # fmt: skip


def single_reason(
    profile: Profile, *, standing: StandingKind = StandingKind.NONE, infant: bool = False,
    febrile: bool = False, awaiting_recheck: bool = False,
) -> Single | None:
    """Why this person must have a tube alone under this profile; None where they may be mixed."""
    true_of_person = {
        Single.AWAITING_RECHECK: awaiting_recheck,
        Single.ISOLATED: standing == StandingKind.ISOLATED,
        Single.CONTACT: standing == StandingKind.CONTACT,
        Single.FEBRILE: febrile,
        Single.INFANT: infant,
    }
    return next((who for who, holds in true_of_person.items() if holds and who in profile.single_only), None)
