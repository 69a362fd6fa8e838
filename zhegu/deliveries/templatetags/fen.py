"""Money and ways as people say them."""

from django import template

from zhegu.lib.texts import text

register = template.Library()


@register.filter
def yuan(fen: int | None) -> str:
    """11550 → `115.50`, -500 → `-5.00`; nothing for None."""
    if fen is None:
        return ""
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02}"


@register.simple_tag(takes_context=True)
def lasting(context: template.Context, hours: float) -> str:
    """2.26 → `2 小时 16 分`."""
    whole, minutes = divmod(round(hours * 60), 60)
    return text("deliveries.lasting", context.get("lang") or "zh", h=whole, m=minutes)


@register.filter
def km(metres: int) -> str:
    """18400 → `18.4`."""
    return f"{metres / 1000:.1f}"
