"""A profile's codes in words: the profile's own name, else the texts', else the code as it stands."""

from collections.abc import Mapping

from zhegu.lib.tables import Named
from zhegu.lib.texts import has_text, language_code, text
from zhegu.outbreaks.rules import Condition, Measure, Profile, Stage, Symptom


def _named(key: str, code: str, lang: str, own: Mapping[str, str] | None = None) -> str:
    if own:
        return own.get(language_code(lang)) or own.get("zh") or code
    return text(f"{key}_{code}", lang) if has_text(f"{key}_{code}") else code


def measure_name(measure: Measure, lang: str) -> str:
    """Close contact."""
    return _named("outbreaks.measure", measure.code, lang, measure.names)


def symptom_name(symptom: Symptom, lang: str) -> str:
    """Dry cough."""
    return _named("outbreaks.symptom", symptom.code, lang, symptom.names)


def level_name(code: str, lang: str) -> str:
    """High risk."""
    return _named("outbreaks.risk", code, lang)


def level_words(code: str) -> Named | None:
    """The same as a table says it; None where there is no level."""
    return Named(lambda lang: level_name(code, lang)) if code else None


def check_name(code: str, lang: str) -> str:
    """What a gate asks for: health code."""
    return _named("outbreaks.check", code, lang)


def condition_says(condition: Condition, lang: str) -> str:
    """24 hours without fever."""
    return text(f"outbreaks.need_{condition.need}", lang).format(n=condition.value or 0)


def stage_says(stage: Stage, lang: str) -> str:
    """Home isolation, 7 days, tests on days 1, 4, 7."""
    parts = [text(f"outbreaks.stage_{stage.kind}", lang)]
    if stage.days:
        parts.append(text("outbreaks.n_days", lang, n=stage.days))
    if stage.until:
        parts.append(text(f"outbreaks.until_{stage.until}", lang).format(n=stage.hours or 0))
    if stage.or_negative:
        parts.append(text("outbreaks.or_negative", lang))
    if stage.test_days:
        parts.append(text("outbreaks.tests_on", lang, days="·".join(map(str, stage.test_days))))
    if stage.tests:
        parts.append(text("outbreaks.tests_within", lang, n=stage.tests.count, days=stage.tests.within_days))
    return text("outbreaks.and_then", lang).join(parts)


def measures_said(profile: Profile, lang: str) -> list[dict]:
    """Every measure of a profile in words, for a page."""
    return [
        {
            "code": measure.code,
            "name": measure_name(measure, lang),
            "stages": [stage_says(stage, lang) for stage in measure.stages],
            "day0": text(f"outbreaks.day0_{measure.day0}", lang),
            "count_from": measure.count_from,
            "monitoring": measure.monitoring,
        }
        for measure in profile.measures.values()
    ]


def number_name(profile: Profile, path: str, lang: str) -> str:
    """measures.close_contact.stages.0.days → Measures · Close contact · Stages 1 · days."""
    steps: list[str] = []
    for step in path.split("."):
        if step.isdecimal() and steps:
            steps[-1] = f"{steps[-1]} {int(step) + 1}"
        elif step in profile.measures:
            steps.append(measure_name(profile.measures[step], lang))
        else:
            steps.append(next((_named(key, step, lang) for key in STEPS if has_text(f"{key}_{step}")), step))
    return " · ".join(steps)


STEPS = ("outbreaks.part", "outbreaks.risk", "outbreaks.check")
"""Where a step of a path may have its name."""
