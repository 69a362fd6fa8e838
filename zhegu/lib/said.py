"""One item of an action that phones send as well as the office. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, is_dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a command from a phone carries besides its meaning; the office leaves `said` and `words` empty."""

    ref: UUID
    at: datetime
    said: bytes = b""
    words: Mapping[str, Any] = field(default_factory=dict)

    @property
    def body(self) -> dict[str, Any]:
        """As it is journalled: a phone's own words, else the same facts."""
        if self.words:
            return dict(self.words)
        plain = {n: getattr(self, n) for n in self.__dataclass_fields__ if n not in Said.__dataclass_fields__}
        return {name: _plain(value) for name, value in plain.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return _plain(asdict(value))
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    return [_plain(one) for one in value] if isinstance(value, tuple) else value
