"""Foreign keys point downward: an app's tables know only what stands below them."""

from django.apps import apps

ORDER = [
    "vault", "journal", "places", "accounts", "registers", "responsibility", "care", "outbreaks", "cards", "rosters", "stock", "visits",
    "monitoring", "checkpoints", "sampling", "arrivals", "orders", "deliveries", "reports", "upward", "upkeep", "residents", "sync", "office",
]


def test_foreign_keys_follow_the_layers():
    upward = []
    for model in apps.get_models():
        if not model.__module__.startswith("zhegu."):
            continue
        here = ORDER.index(model._meta.app_label)
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if not getattr(field, "concrete", False) or target is None or not target.__module__.startswith("zhegu."):
                continue
            if ORDER.index(target._meta.app_label) > here:
                upward.append(f"{model.__name__}.{field.name}")
    assert upward == []


def test_the_journal_refers_to_everything_by_plain_ids():
    for model in apps.get_app_config("journal").get_models():
        for field in model._meta.get_fields():
            if field.is_relation and field.concrete:
                assert field.related_model._meta.app_label == "journal", field
