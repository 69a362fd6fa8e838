"""Says what stands in the data: `python -m tests.chaos.stands` → entries by ref, samples by ref."""

import json
from collections import Counter


def stands() -> dict:
    """Status of each phone command in the journal; the refs of all swabs; whether valid ones are one a person."""
    from zhegu.journal import chain
    from zhegu.journal.models import Entry
    from zhegu.sampling.models import Sample

    while chain.seal():
        pass
    entries = dict(Entry.objects.exclude(device="").filter(kind__startswith="sampling.").values_list("ref", "status"))
    samples = list(Sample.objects.values_list("pk", flat=True))
    valid = Counter(Sample.objects.filter(aside="", undone_at=None).values_list("round", "person"))
    return {
        "entries": {str(ref): status for ref, status in entries.items()},
        "samples": [str(ref) for ref in samples],
        "once_per_person": set(valid.values()) == {1},
    }


if __name__ == "__main__":
    from zhegu.config import start

    start.begin()
    start.ready()
    print(json.dumps(stands()))
