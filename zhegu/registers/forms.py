"""What the pages of this room ask for. Labels and complaints come from the catalogue."""

from typing import Any

from django import forms

from zhegu.lib.texts import text
from zhegu.places.models import Place
from zhegu.registers.models import Person, Presence, Residence, Sex
from zhegu.registers.queries import ANY, LACKS, NO_GRID, Wanted
from zhegu.registers.rules.facts import FIELDS, LATEST_BIRTH, LONGEST, BadFact, tidied
from zhegu.registers.rules.ids import mask_id
from zhegu.registers.rules.phones import mask_phone

REASONS = ("call", "identity", "asked", "other")
HIDDEN_FROM_FORMS = ("id_number", "phone", "note")
"""Shown masked; an empty field leaves them as they are."""


class WordedForm(forms.Form):
    """A form in the reader's language: nothing is required by the browser, everything is checked by the rules."""

    def __init__(self, *args: Any, lang: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lang = lang
        for name, field in self.fields.items():
            field.required = False
            field.label = text(f"registers.field_{name}", lang)

    def worded(self, prefix: str, values: list[str], empty: str = "registers.unknown") -> list[tuple[str, str]]:
        """Choices in words, the empty one first."""
        return [("", text(empty, self.lang)), *((value, text(f"{prefix}_{value}", self.lang)) for value in values)]


class PersonForm(WordedForm):
    """Everything that is written down about a person."""

    name = forms.CharField(max_length=LONGEST["name"])
    name_bo = forms.CharField(max_length=LONGEST["name_bo"], widget=forms.TextInput({"lang": "bo"}))
    nickname = forms.CharField(max_length=LONGEST["nickname"])
    sex = forms.ChoiceField()
    birth_date = forms.CharField(widget=forms.TextInput({"type": "date"}))
    birth_year = forms.CharField(max_length=4, widget=forms.TextInput({"inputmode": "numeric"}))
    id_number = forms.CharField(max_length=LONGEST["id_number"], widget=forms.TextInput({"autocomplete": "off"}))
    phone = forms.CharField(max_length=40, widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off"}))
    relation = forms.CharField(max_length=LONGEST["relation"])
    residence = forms.ChoiceField()
    note = forms.CharField(max_length=LONGEST["note"], widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["sex"].choices = self.worded("registers.sex", Sex.values)
        self.fields["residence"].choices = self.worded("registers.residence", Residence.values)[1:]

    def clean(self) -> dict[str, Any]:
        """Facts as they are kept; a complaint stands at its field."""
        said = {name: value for name, value in super().clean().items() if name in FIELDS}
        if said.get("birth_date"):
            said.pop("birth_year", None)
        said["residence"] = said.get("residence") or Residence.RESIDENT
        try:
            return tidied(said)
        except BadFact as bad:
            self.add_error(bad.field, text(bad.reason, self.lang))
            return said


class CorrectionForm(PersonForm):
    """The same for someone who stands in the register: numbers are masked, and emptied by a tick."""

    def __init__(self, *args: Any, person: Person, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.person = person

    no_id_number = forms.BooleanField()
    no_phone = forms.BooleanField()
    no_note = forms.BooleanField()

    def with_ticks(self) -> list[tuple[Any, Any, str]]:
        """Each field, with the tick that empties it and what stands in it now (masked)."""
        hints = {"phone": mask_phone(self.person.phone), "id_number": mask_id(self.person.id_number)}
        plain = [name for name in self.fields if not name.startswith("no_")]
        return [(self[n], self[f"no_{n}"] if f"no_{n}" in self.fields else None, hints.get(n, "")) for n in plain]

    def changes(self, shown: dict[str, Any]) -> dict[str, Any]:
        """What differs from what the form was drawn with."""
        found = {
            name: self.cleaned_data[name]
            for name in FIELDS
            if name not in HIDDEN_FROM_FORMS and name in self.cleaned_data and self.cleaned_data[name] != shown[name]
        }
        for name in HIDDEN_FROM_FORMS:
            if self.data.get(f"no_{name}"):
                found[name] = ""
            elif self.cleaned_data.get(name):
                found[name] = self.cleaned_data[name]
        return found


class HouseholdForm(WordedForm):
    """What is written about a household itself."""

    no = forms.CharField(max_length=40)
    head_name = forms.CharField(max_length=120)
    address = forms.CharField(max_length=200)
    door = forms.CharField(max_length=40)
    household_note = forms.CharField(max_length=2000, widget=forms.Textarea({"rows": 2}))


class PresenceForm(WordedForm):
    """Away, back, moved away, died; and since when."""

    presence = forms.ChoiceField()
    since = forms.DateField(widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    reason = forms.CharField(max_length=200)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["presence"].choices = self.worded("registers.presence", Presence.values)[1:]
        self.fields["presence"].required = True


def wanted_in(asked: Any, grids: list[Place]) -> Wanted:
    """The filters of a list's address; what is unknown or misspelt filters nothing."""
    codes = {grid.code for grid in grids} | {NO_GRID}
    return Wanted(
        grid=_one_of(asked.get("grid"), codes),
        residence=_one_of(asked.get("residence"), set(Residence.values)),
        presence=_one_of(asked.get("presence"), {*Presence.values, ANY}),
        lacks=_one_of(asked.get("lacks"), set(LACKS)),
        born_from=_year(asked.get("born_from")),
        born_to=_year(asked.get("born_to")),
    )


def _one_of(value: Any, known: set[str]) -> str:
    return value if value in known else ""


def _year(value: Any) -> int | None:
    text = str(value or "").strip()
    return int(text) if text.isdecimal() and len(text) == 4 and int(text) < LATEST_BIRTH else None


def page_in(asked: Any) -> int:
    """The page asked for, from 1."""
    text = str(asked.get("page") or "1")
    return max(1, int(text)) if text.isdecimal() and len(text) < 7 else 1
