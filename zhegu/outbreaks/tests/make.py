"""Plain builders: a profile as data, an open outbreak, someone in a grid."""

from datetime import datetime
from typing import Any

from zhegu.accounts.models import Staff
from zhegu.journal.tests.make import MORNING
from zhegu.lib.codes import new_resident_code
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Actor
from zhegu.outbreaks.actions import NewDirective, give_directive
from zhegu.outbreaks.models import Outbreak
from zhegu.places.models import Place
from zhegu.registers.models import Person


def profile(**changes: Any) -> dict[str, Any]:
    """The smallest profile that may be used."""
    whole = {
        "schema": "disease-profile/1",
        "id": "test-fever",
        "name": {"zh": "试验热", "bo": None, "en": "Test fever"},
        "status": "active",
        "sampling": {"methods": ["throat_swab"], "mix_ratios": [10, 1], "single_only": ["contact", "infant"]},
        "sources": [{"claim": "all of it", "of": ["sampling"], "url": "-", "seen": "2026-01-01", "confidence": "B"}],
    }
    return {**whole, **changes}


def outbreak(community: Place, opened: datetime = MORNING, **changes: Any) -> Outbreak:
    whole = profile(**changes)
    return Outbreak.objects.create(community=community, profile_id=whole["id"], profile=whole, opened=opened)


def person(community: Place, grid: Place | None = None, name: str = "试一") -> Person:
    return Person.objects.create(community=community, grid=grid, name=name, code=new_resident_code().removeprefix("R1:"), added=MORNING)


def directive_for(outbreak: Outbreak, *readers: Staff, **changes: Any) -> str:
    """The id of a directive that these people are asked for."""
    facts = {"issuer": "县指挥部", "title": "每天消杀两次", "received": MORNING.date(), "readers": readers}
    answer = give_directive(
        by=Actor.system("make"), outbreak=outbreak, directive=NewDirective(**{**facts, **changes}), at=MORNING, ref=new_id()
    )
    return answer.facts["directive"]
