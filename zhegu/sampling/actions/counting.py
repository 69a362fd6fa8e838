"""The tallies, moved along with every act in its own transaction."""

from collections import defaultdict
from uuid import UUID

from zhegu.sampling.actions import store
from zhegu.sampling.models import CARD_ACTIVE, Sample, Tally

Key = tuple[UUID, UUID | None]


class Counting:
    """What the acts of one transaction change in the tallies; written once at its end, in one order of
    grids, so that two transactions never wait for each other crosswise."""

    def __init__(self) -> None:
        self._changes: dict[Key, dict[str, int]] = defaultdict(lambda: defaultdict(int))

    def add(self, round_id: UUID, grid_id: UUID | None, field: str, by: int = 1) -> None:
        """`field` of this grid grows by `by`."""
        self._changes[round_id, grid_id][field] += by

    def move(self, round_id: UUID, grid_id: UUID | None, before: str, after: str) -> None:
        """A line changes its standing."""
        if before != after:
            self.add(round_id, grid_id, before, -1)
            self.add(round_id, grid_id, after)

    def swab(self, sample: Sample | store.Swab, grid_id: UUID | None, ratio: int, by: int = 1) -> None:
        """A swab comes (or, with -1, goes): every swab is in a tube, only a valid one is a person's."""
        self.add(sample.round_id, grid_id, "swabs", by)
        if not sample.aside:
            self.validity(sample, grid_id, ratio, by)

    def validity(self, sample: Sample | store.Swab, grid_id: UUID | None, ratio: int, by: int) -> None:
        """A swab becomes (or, with -1, ceases to be) the person's own in this round."""
        self.add(sample.round_id, grid_id, "single" if ratio == 1 else "mixed", by)
        if sample.at_home:
            self.add(sample.round_id, grid_id, "at_home", by)
        if sample.card == CARD_ACTIVE:
            self.add(sample.round_id, grid_id, "cards", by)

    def write(self) -> None:
        """One update for each grid touched; a grid new to the round gets its tally first."""
        for (round_id, grid_id), fields in sorted(self._changes.items(), key=lambda item: str(item[0])):
            changes = {name: by for name, by in fields.items() if by}
            if changes and not store.move_tally(round_id, grid_id, changes):
                Tally.objects.create(round_id=round_id, grid_id=grid_id, **changes)
        self._changes.clear()
