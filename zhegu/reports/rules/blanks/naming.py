"""Which field of which form a placeholder of a Word form means."""

from dataclasses import dataclass

from zhegu.reports.rules.blanks.dictionary import HEAD, NONE, Dictionary


@dataclass(frozen=True)
class Meant:
    """A placeholder's words, the form and field it stands for (None: nothing known), and how sure that is."""

    words: str
    form: str
    field: str | None
    confidence: float


def meant(words: Dictionary, form: str, field: str, main: str) -> Meant:
    """A name as forms call it is certain; other words are looked up as headers are, within `form` or else `main`."""
    said = f"{form}.{field}" if form else field
    for where in (form,) if form else (HEAD, main):
        if (where, field) in words.entries:
            return Meant(said, where, field, 1.0)
    found = words.best((field,), form or main)
    heads = [one for one in words.guesses((field,)) if one.form == HEAD] if not form else []
    best = max([one for one in (found, *heads[:1]) if one is not None], key=lambda one: one.confidence, default=None)
    if best is None or best.form == NONE:
        return Meant(said, form or main, None, 0.0)
    return Meant(said, best.form, best.field, best.confidence)


def main_form(words: Dictionary, names: list[tuple[str, str]]) -> str:
    """The form most of the bare names belong to; one that is named outright wins."""
    named = [form for form, _ in names if form in words.topics]
    if named:
        return max(dict.fromkeys(named), key=named.count)
    points = {
        form: sum(one.confidence for _, field in names if (one := words.best((field,), form)) and one.form == form)
        + sum((form, field) in words.entries for _, field in names)
        for form in words.forms()
    }
    return max(points, key=lambda form: points[form])
