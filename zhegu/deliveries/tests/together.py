"""Eight couriers at once at the same doors and bags, against the database of this process; prints what stands.

`python -m zhegu.deliveries.tests.together`: everybody fetches every door, hands on what they hold, counts
every bag and spends its money, each in an order of their own.
"""

import json
import os
import random
from concurrent.futures import ThreadPoolExecutor

from zhegu.config import start

COURIERS, HOMES = 8, 4


def main() -> None:
    """One line of JSON: what was answered, how often each door was fetched, whether chains and cash are whole."""
    start.begin()
    start.ready()
    from django.db import connection

    from zhegu.accounts.models import Role, Staff
    from zhegu.accounts.tests.make import staff
    from zhegu.deliveries import actions, queries
    from zhegu.deliveries.models import HandOver, RunMember
    from zhegu.deliveries.rules.custody import DOOR, STATION, CashKind, Witness
    from zhegu.deliveries.tests.make import Day, minute
    from zhegu.lib.ids import new_id
    from zhegu.lib.scope import Scope

    everything = Scope.everything("couriers at once")
    day = Day(homes=HOMES)
    couriers = [staff(f"courier-{n}", Role.COURIER, day.community) for n in range(COURIERS)]
    RunMember.objects.bulk_create(RunMember(run=day.run, staff=who, truck=1) for who in couriers)
    stops, chance = day.stops, int(os.environ.get("ZHEGU_SEED", "1"))
    things = {stop.pk: tuple(p.pk for p in day.things(stop)) for stop in stops}

    def courier(who: Staff) -> list[str]:
        order = random.Random(f"{chance}-{who.username}")
        said: list[str] = []
        try:
            for stop in order.sample(stops, len(stops)):
                fetch = actions.Hand(
                    ref=new_id(), at=minute(10), parcels=things[stop.pk], giver=DOOR, taker=who.actor.key,
                    witness=Witness.DOOR, stop=stop.pk, knocked=minute(9),
                )  # fmt: skip
                answers = actions.hand_over(by=who.actor, run=day.run, items=[fetch])
                on = actions.Hand(
                    ref=new_id(), at=minute(11), parcels=things[stop.pk][:1], giver=who.actor.key, taker=STATION, witness=Witness.PAPER
                )
                answers += actions.hand_over(by=who.actor, run=day.run, items=[on])
                count = actions.Count(ref=new_id(), at=minute(12), stop=stop.pk, fen=12_000)
                answers += actions.count_cash(by=who.actor, run=day.run, items=[count])
                spent = actions.Cash(ref=new_id(), at=minute(13), stop=stop.pk, kind=CashKind.SPENT, fen=12_000)
                answers += actions.move_cash(by=who.actor, run=day.run, items=[spent])
                said += [f"{answer.status} {answer.reason}".strip() for answer in answers]
        finally:
            connection.close()
        return said

    with ThreadPoolExecutor(COURIERS) as pool:
        said = [one for some in pool.map(courier, couriers) for one in some]
    print(
        json.dumps(
            {
                "said": sorted(set(said)), "answers": len(said),
                "fetched": HandOver.objects.filter(giver=DOOR).count(), "at_station": day.run.parcels.filter(holder=STATION).count(),
                "broken": queries.recount(everything, day.run), "cash": queries.cash_total(everything, day.run),
            }
        )
    )  # fmt: skip


if __name__ == "__main__":
    main()
