"""Disease profiles as YAML files: the only place that knows where they lie."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from zhegu.outbreaks.rules import Profile, read_profile

FOLDER = Path(__file__).resolve().parents[3] / "profiles"


def read_file(path: Path) -> Mapping[str, Any]:
    """The file as it stands, unchecked."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def available(folder: Path = FOLDER) -> list[Profile]:
    """Every profile of the folder, those in force first; raises BadProfile for one that may not be used."""
    order = {"active": 0, "draft": 1, "historical": 2}
    found = [read_profile(read_file(path)) for path in sorted(folder.glob("*.yaml"))]
    return sorted(found, key=lambda p: (order[p.status], p.id))


def profile(profile_id: str, folder: Path = FOLDER) -> Profile | None:
    """The profile with that id, or None."""
    return next((p for p in available(folder) if p.id == profile_id), None)
