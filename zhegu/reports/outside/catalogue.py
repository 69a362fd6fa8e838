"""Reads the form catalogue `forms/*.yaml`."""

from functools import cache
from pathlib import Path

import yaml

from zhegu.lib.scope import NotFound
from zhegu.lib.texts import has_text
from zhegu.reports.rules import BadForm, Form, form_from

FOLDER = Path(__file__).resolve().parents[3] / "forms"


@cache
def catalogue(folder: Path = FOLDER) -> dict[str, Form]:
    """All forms by id, in the order of their numbers; raises BadForm naming form and fault."""
    found: dict[str, Form] = {}
    for path in sorted(folder.glob("*.yaml"), key=lambda path: (len(path.stem), path.stem)):
        form = _read(path)
        if form.id in found:
            raise BadForm(f"{path.name}: {form.id} stands twice")
        found[form.id] = form
    return found


def form(form_id: str) -> Form:
    """One form of the catalogue; raises NotFound."""
    found = catalogue().get(form_id.upper())
    if found is None:
        raise NotFound(form_id)
    return found


def _read(path: Path) -> Form:
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(raw, dict):
        raise BadForm(f"{path.name}: not a form")
    form = form_from(raw)
    unknown = [key for key in _keys(form) if not has_text(key)]
    if unknown:
        raise BadForm(f"{form.id}: no text for {', '.join(unknown)}")
    return form


def _keys(form: Form) -> list[str]:
    labels = [column.label for column in form.columns] + [column.group for column in form.columns if column.group]
    return [form.title, *form.signatures, *labels]
