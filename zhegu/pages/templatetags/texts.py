"""`{% t "area.key" n=3 %}` and other words of the page, in the reader's language."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import template
from django.utils.html import format_html

from zhegu.lib import clock, tables
from zhegu.lib.ids import new_id
from zhegu.lib.texts import has_text, text

register = template.Library()


def _lang(context: template.Context) -> str:
    return context.get("lang") or "zh"


@register.simple_tag(takes_context=True)
def t(context: template.Context, key: str, **values: Any) -> str:
    """The sentence; an unknown key raises, so that a missing one fails the tests."""
    return text(key, _lang(context), **values)


@register.simple_tag(takes_context=True)
def reason(context: template.Context, code: str, area: str = "", facts: Mapping[str, Any] | None = None) -> str:
    """A reason code in words, with its facts where they are all there; one that has none shows itself."""
    key = code if "." in code else f"{area}.{code}"
    if not has_text(key):
        return code
    try:
        return text(key, _lang(context), **(facts or {}))
    except KeyError:
        return text(key, _lang(context))


@register.simple_tag(takes_context=True)
def choice(context: template.Context, area: str, value: Any) -> str:
    """A value of a closed list in words: `{% choice "accounts.role" role %}`; empty stays empty."""
    return text(f"{area}_{value}", _lang(context)) if value not in ("", None) else ""


@register.simple_tag(takes_context=True)
def day(context: template.Context, at: Any) -> str:
    """9月13日 周二."""
    return "" if at is None else tables.day(at, _lang(context))


@register.filter
def hm(at: datetime | None) -> str:
    """Local time, 24 h."""
    return clock.local(at).strftime("%H:%M") if at else ""


@register.simple_tag(takes_context=True)
def place_name(context: template.Context, place: Any) -> str:
    """What people call a place: grid 8, or its own name."""
    if place is None:
        return text("places.no_grid", _lang(context))
    if _lang(context) == "bo" and place.name_bo:
        return place.name_bo
    if place.name:
        return place.name
    if place.kind in ("grid", "unit"):
        return text(f"places.{place.kind}_no", _lang(context), no=place.no)
    return place.code


@register.simple_tag(takes_context=True)
def called(context: template.Context, thing: Any) -> str:
    """What a thing or a store is called in the reader's language, with its size where it has one; nothing for nothing."""
    if not thing:
        return ""
    name = (_lang(context) == "bo" and thing.name_bo) or thing.name
    return f"{name} {getattr(thing, 'spec', '')}".strip()


@register.simple_tag
def ref_field() -> str:
    """The hidden reference of a form: a second press of the button answers as the first."""
    return format_html('<input type="hidden" name="ref" value="{}">', new_id())


@register.filter
def yuan(fen: int) -> str:
    """Whole fen as yuan: 1250 is 12.50."""
    return f"{fen // 100}.{fen % 100:02d}"


@register.filter
def mask_id(number: str) -> str:
    """540***********1234: the region and the last four (privacy P4)."""
    return f"{number[:3]}{'*' * max(0, len(number) - 7)}{number[-4:]}" if len(number) >= 8 else "*" * len(number)


@register.filter
def mask_phone(number: str) -> str:
    """139****5678 (privacy P4)."""
    return f"{number[:3]}{'*' * max(0, len(number) - 7)}{number[-4:]}" if len(number) >= 8 else "*" * len(number)
