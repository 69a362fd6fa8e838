"""Several phones at once at the same people, against the database of this process; prints what stands.

`python -m zhegu.sampling.tests.together`: each phone samples everyone, in an order of its own, one at a
time and in batches, and takes a few of its swabs back.
"""

import json
import os
import random
from concurrent.futures import ThreadPoolExecutor

from zhegu.config import start

PHONES, PEOPLE = 4, 30


def main() -> None:
    """One line of JSON: how many are done, what was answered, whether the tallies equal a recount."""
    start.begin()
    start.ready()
    from django.db import connection

    from zhegu.cards import queries as cards
    from zhegu.lib.ids import new_id
    from zhegu.lib.scope import Actor, Scope
    from zhegu.sampling import actions, queries
    from zhegu.sampling.models import Sample
    from zhegu.sampling.queries.recount import kept, recount
    from zhegu.sampling.tests.make import EVERYTHING, Day, at

    day = Day(grids=3, each=PEOPLE // 3).open().print_cards(each=PEOPLE)
    chance = int(os.environ.get("ZHEGU_SEED", "1"))

    def phone(no: int) -> list[str]:
        order = random.Random(chance * 100 + no)
        scope = Scope(Actor("staff", f"sampler-{no}", f"phone-{no}"), day.scope.grants)
        people = order.sample(day.people, PEOPLE)
        said: list[str] = []
        try:
            while people:
                batch, people = people[: (size := order.choice([1, 1, 5]))], people[size:]
                tube = actions.TubeRef(new_id(), f"{no}-{len(people)}", 10)
                swabs = [
                    day.swab(who, tube=tube, position=n, at=at(order.random() * 60), card=day.card(who, no * 5 + 1))
                    for n, who in enumerate(batch, 1)
                ]
                answers = actions.take_samples(by=scope.actor, scope=scope, samples=swabs)
                said += [answer.status + answer.reason for answer in answers]
                if order.random() < 0.2:
                    undo = actions.UndoSample(ref=new_id(), at=at(61), community=day.community.code, sample=swabs[0].ref)
                    actions.undo_samples(by=scope.actor, scope=scope, undos=[undo])
        finally:
            connection.close()
        return said

    with ThreadPoolExecutor(PHONES) as phones:
        said = [status for some in phones.map(phone, range(PHONES)) for status in some]
    whole = queries.coverage(day.scope, day.round).whole
    undone = Sample.objects.exclude(undone_at=None).count()
    print(
        json.dumps(
            {
                "said": sorted(set(said)), "answers": len(said), "swabs": Sample.objects.count(), "undone": undone,
                "done": whole.done, "in_tubes": whole.swabs, "cards": whole.cards, "roster": whole.roster,
                "tallies": kept(EVERYTHING, day.round) == recount(EVERYTHING, day.round),
                "handed_out": sum(n["active"] for n in cards.counts(EVERYTHING, day.community, day.round.no).values()),
                "valid": Sample.objects.filter(aside="", undone_at=None).count(),
            }
        )
    )  # fmt: skip


if __name__ == "__main__":
    main()
