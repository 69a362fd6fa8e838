"""Builds a round and enrolled phones in the data of a server, and says what the phones know.

    python -m tests.chaos.ground PEOPLE PHONES    (ZHEGU_DATA and ZHEGU_DATABASE name the data)
"""

import base64
import json
import sys


def build(people: int, phones: int) -> dict:
    """A community of three grids, an open round, and phones on which one sampler of all grids signed on."""
    from zhegu.accounts.models import Role
    from zhegu.lib import clock
    from zhegu.sampling.tests.make import Day, staff
    from zhegu.sync.tests import make

    now = clock.now()
    day = Day(grids=3, each=people // 3)
    day.open(starts_at=make.minutes(now, -60), ends_at=make.minutes(now, 600))
    sampler = staff("sampler", Role.SAMPLER, *[day.grid(no) for no in (1, 2, 3)])
    made = [make.phone(day.community, now, f"table {n}") for n in range(phones)]
    for phone in made:
        make.signed_on(phone, day.community, sampler, now)
    return {
        "community": day.community.code, "round": str(day.round.pk), "actor": str(sampler.pk),
        "people": [str(one.pk) for one in day.people],
        "phones": [
            {
                "device": one.device, "token": one.token,
                "keys": {who: base64.b64encode(key).decode() for who, key in one.keys.items()},
            }
            for one in made
        ],
    }  # fmt: skip


if __name__ == "__main__":
    from zhegu.config import start

    start.begin()
    start.ready()
    print(json.dumps(build(int(sys.argv[1]), int(sys.argv[2]))))
