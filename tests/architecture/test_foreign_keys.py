"""Foreign keys point downward: an app's tables know only what stands below them."""

from configparser import ConfigParser
from pathlib import Path

from django.apps import apps

LINTER = Path(__file__).resolve().parents[2] / ".importlinter"


def order() -> dict[str, int]:
    """How high each app stands, from the contract of the layers: a table may know what is not above its own app."""
    contract = ConfigParser()
    contract.read(LINTER, encoding="utf-8")
    layers = contract["importlinter:contract:layers"]["layers"].split("\n")
    heights = enumerate(reversed([line for line in layers if line.strip()]))
    return {name.strip(): height for height, line in heights for name in line.split("|")}


def test_foreign_keys_follow_the_layers():
    height, upward = order(), []
    for model in apps.get_models():
        if not model.__module__.startswith("zhegu."):
            continue
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if not getattr(field, "concrete", False) or target is None or not target.__module__.startswith("zhegu."):
                continue
            if height[target._meta.app_label] > height[model._meta.app_label]:
                upward.append(f"{model.__name__}.{field.name}")
    assert upward == []


def test_the_journal_refers_to_everything_by_plain_ids():
    for model in apps.get_app_config("journal").get_models():
        for field in model._meta.get_fields():
            if field.is_relation and field.concrete:
                assert field.related_model._meta.app_label == "journal", field
