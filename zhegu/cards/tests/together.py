"""Run by test_together.py in a process of its own, on a real database: several desks at once.

Prints one JSON object: serials by request, how often each card was handed out, how many roots stand.
"""

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from zhegu.config import start

DESKS, REQUESTS, EACH = 4, 6, 5


def main() -> None:
    start.begin()
    start.ready()
    from django.db import connections, transaction

    from zhegu.cards import actions
    from zhegu.cards.models import CardKey, IssuedCard, Root
    from zhegu.cards.rules.issuing import unrolled
    from zhegu.cards.tests.make import BO, MORNING, blank
    from zhegu.lib.ids import new_id
    from zhegu.places.tests.make import community

    here, gate = community(), Barrier(DESKS)

    def issue(desk: int) -> list[int]:
        gate.wait()
        serials = []
        for _ in range(REQUESTS):
            cards = [blank(7)] * EACH
            answer = actions.issue(by=BO, community=here, cards=cards, at=MORNING, ref=new_id())
            serials += unrolled(answer.facts["serials"])
        connections.close_all()
        return serials

    def hand_out(desk: int) -> list[int]:
        gate.wait()
        out = []
        for card in names[desk:] + names[:desk]:
            with transaction.atomic():
                (outcome,) = actions.activate(community=here, cards=[card])
            if not outcome.reason:
                out.append(card.serial)
        connections.close_all()
        return out

    with ThreadPoolExecutor(DESKS) as desks:
        serials = [serial for some in desks.map(issue, range(DESKS)) for serial in some]
        rows = IssuedCard.objects.select_related("key").order_by("serial")
        names = [actions.HandOut(bytes(row.key.kid), row.serial, MORNING) for row in rows]
        handed = Counter(serial for some in desks.map(hand_out, range(DESKS)) for serial in some)
    kids = CardKey.objects.filter(community=here, month="2022-09").count()
    print(
        json.dumps(
            {"serials": serials, "handed": list(handed.values()), "roots": Root.objects.count(), "kids": kids}
        )
    )


if __name__ == "__main__":
    main()
