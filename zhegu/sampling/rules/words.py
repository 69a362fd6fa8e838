"""The closed lists of a sampling round. Their words stand in texts/sampling.tsv under `sampling.<list>_<code>`."""

from enum import StrEnum

RATIOS = (1, 5, 10, 20)
"""Swabs to a tube: up to 20 are validated (national clinical laboratory centre); 1 is a single tube."""


WORKERS = ("office", "grid_worker", "sampler")
"""Roles that act on rosters, in their own grids (accounts names the roles)."""


class SiteDuty(StrEnum):
    """What somebody does at a table (inventory 124)."""

    SAMPLER = "sampler"
    REGISTRAR = "registrar"
    TUBE_KEEPER = "tube_keeper"
    GUIDE = "guide"
    DISINFECTOR = "disinfector"


class Standing(StrEnum):
    """Exactly one of these is true of everyone on a roster (settled: coverage is one partition)."""

    DONE = "done"
    EXCUSED = "excused"
    MISSING = "missing"
    MOVED = "moved"
    NOT_FOUND = "not_found"


class Excuse(StrEnum):
    """Why someone need not be sampled in this round; each with its author. `other` wants a note."""

    INFANT = "infant"
    ILL = "ill"
    AWAY = "away"
    ELSEWHERE = "elsewhere"
    OTHER = "other"


class MissingReason(StrEnum):
    """Why someone who is due has not come yet, where it is known."""

    REFUSED = "refused"
    NOT_AT_HOME = "not_at_home"
    NOT_CALLED = "not_called"
    NO_ANSWER = "no_answer"
    WILL_COME = "will_come"
    CANNOT_COME = "cannot_come"
    OTHER = "other"


class Gone(StrEnum):
    """Someone of the roster who is not there any more, or whom nobody knows."""

    MOVED = "moved"
    NOT_FOUND = "not_found"


class AddReason(StrEnum):
    """Why someone was added to a frozen roster."""

    NEW_ARRIVAL = "new_arrival"
    NOT_REGISTERED = "not_registered"
    CAME_BACK = "came_back"
    VISITING = "visiting"
    AT_TABLE = "at_table"
    OTHER = "other"


class Single(StrEnum):
    """Who must have a tube alone, where the profile says so."""

    CONTACT = "contact"
    ISOLATED = "isolated"
    FEBRILE = "febrile"
    INFANT = "infant"
    AWAITING_RECHECK = "awaiting_recheck"


class Aside(StrEnum):
    """Why a swab that was really taken stands beside the count: it is kept, and its tube counts it."""

    DUPLICATE = "duplicate"
    AFTER_CLOSING = "after_closing"


class TubeResult(StrEnum):
    """What the laboratory said of a tube."""

    NEGATIVE = "negative"
    POSITIVE = "positive"
    GREY = "grey"


class Signal(StrEnum):
    """What a screen shows at once: a sound, a colour and a shape."""

    YES = "yes"
    LOOK = "look"
    NO = "no"


class Why(StrEnum):
    """Why a person, a tube or a card will not simply do."""

    NO_ROUND = "no_round"
    ROUND_CLOSED = "round_closed"
    NOT_ON_ROSTER = "not_on_roster"
    OTHER_GRID = "other_grid"
    ALREADY_SAMPLED = "already_sampled"
    WAS_EXCUSED = "was_excused"
    WAS_MOVED = "was_moved"
    WAS_NOT_FOUND = "was_not_found"
    SINGLE_ONLY = "single_only"
    TUBE_OTHER_RATIO = "tube_other_ratio"
    TUBE_FULL = "tube_full"
    TUBE_NOT_SINGLE = "tube_not_single"
    CARD_NOT_GIVEN = "card_not_given"
    CARD_NOT_GENUINE = "card_not_genuine"
    CARD_REVOKED = "card_revoked"
    CARD_OTHER_KIND = "card_other_kind"
    CARD_OTHER_ROUND = "card_other_round"
    CARD_OTHER_GRID = "card_other_grid"
    CARD_USED = "card_used"
