"""Reads the criteria for being free of an outbreak, `criteria/*.yaml`."""

from functools import cache
from pathlib import Path

import yaml

from zhegu.lib.scope import NotFound
from zhegu.lib.texts import has_text
from zhegu.reports.rules.free import BadCriteria, Model, model_from

FOLDER = Path(__file__).resolve().parents[3] / "criteria"


@cache
def models(folder: Path = FOLDER) -> dict[str, Model]:
    """All of them by id; raises BadCriteria for one that cannot be used or has no words."""
    found = {}
    for path in sorted(folder.glob("*.yaml")):
        one = model_from(yaml.safe_load(path.read_text(encoding="utf-8")))
        keys = [f"reports.free_model_{one.id}", *(f"reports.free_item_{item}" for item in one.items)]
        unknown = [key for key in keys if not has_text(key)]
        if unknown:
            raise BadCriteria(f"{one.id}: no text for {', '.join(unknown)}")
        found[one.id] = one
    return found


def model(name: str) -> Model:
    """One of them; raises NotFound."""
    if name not in models():
        raise NotFound(name)
    return models()[name]
