"""A model field that is encrypted at rest and bound to its table, column and row."""

from typing import Any

from django.conf import settings
from django.db import models

from zhegu.vault.keyring import derived_key
from zhegu.vault.sealing import PREFIX, blind_index, seal, unseal


def _key(purpose: str) -> bytes:
    return derived_key(settings.DATA, purpose)


class SealedText(models.TextField):
    """Text encrypted with AES-256-GCM; its row is the model's UUID primary key, set before saving.

    Opening happens on attribute access, so lists that do not show the value never pay for it.
    It cannot be filtered: keep a blind index (`index_of`) beside it. '' stays ''.
    """

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, _SealedAttribute(self))

    def place(self, row: models.Model) -> str:
        return f"{self.model._meta.db_table}.{self.column}.{row.pk}"

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> "str | None":
        return None if value is None else _Stored(value)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        kept = model_instance.__dict__.get(self.attname, "")
        return kept if isinstance(kept, _Stored) else self.sealed_value(model_instance, kept)

    def get_prep_value(self, value: Any) -> Any:
        """Only sealed text may reach the database. `bulk_update` hands over clear text and is refused:
        upsert with `bulk_create(update_conflicts=True)`, or `update(x=field.sealed_value(row, clear))`."""
        if value and not str(value).startswith(PREFIX):
            raise ValueError(f"{self.name} would be stored in clear")
        return super().get_prep_value(value)

    def sealed_value(self, row: models.Model, clear: str) -> str:
        """What to store for `clear` in `row`."""
        return seal(_key("fields"), clear, self.place(row)) if clear else ""


class _Stored(str):
    """Marks text as it stands in the database, still sealed."""


class _SealedAttribute:
    def __init__(self, field: SealedText):
        self.field = field

    def __get__(self, row: models.Model | None, owner: type) -> Any:
        if row is None:
            return self
        if self.field.attname not in row.__dict__:
            row.refresh_from_db(fields=[self.field.attname])
        kept = row.__dict__[self.field.attname]
        if isinstance(kept, _Stored) and kept:
            return unseal(_key("fields"), kept, self.field.place(row))
        return str(kept or "")

    def __set__(self, row: models.Model, value: Any) -> None:
        row.__dict__[self.field.attname] = value if isinstance(value, _Stored) else str(value or "")


def index_of(value: str, place: str) -> bytes:
    """Blind index of a normalised value under a name such as `person.id_number`."""
    return blind_index(_key("index"), value, place)
