"""The closed lists of a disease profile: whoever writes one chooses from these. Pure."""

from enum import StrEnum


class Single(StrEnum):
    """Who must have a tube of their own, where a profile says so."""

    CONTACT = "contact"
    ISOLATED = "isolated"
    FEBRILE = "febrile"
    INFANT = "infant"
    AWAITING_RECHECK = "awaiting_recheck"


class StandingKind(StrEnum):
    """What a person is to the outbreak; nothing is said of most people."""

    ISOLATED = "isolated"
    CONTACT = "contact"
    NONE = "none"


class Result(StrEnum):
    """Of one person's test."""

    NEGATIVE = "negative"
    POSITIVE = "positive"
    GREY = "grey"


class Phase(StrEnum):
    """How the community lives at the moment, from free to shut and down again (inventory 43)."""

    ROUTINE = "routine"
    ALERT = "alert"
    HOME_MONITORING = "home_monitoring"
    CLOSED = "closed"
    STEP_DOWN = "step_down"


class StageKind(StrEnum):
    """What a person lives under during one stage of a measure."""

    CENTRAL_ISOLATION = "central_isolation"
    HOSPITAL_ISOLATION = "hospital_isolation"
    HOME_ISOLATION = "home_isolation"
    MOSQUITO_PROOF_ISOLATION = "mosquito_proof_isolation"
    HOME_MONITORING = "home_monitoring"
    SELF_MONITORING = "self_monitoring"


ISOLATION = frozenset(kind for kind in StageKind if kind.endswith("isolation"))
"""Stages that keep someone apart from others; the monitoring ones do not."""

STAYS_IN = ISOLATION | {StageKind.HOME_MONITORING}
"""Stages in which someone does not go out except for medical need (domain 2.1, home monitoring)."""


class Day0(StrEnum):
    """From which fact the days of a measure are counted."""

    LAST_EXPOSURE = "last_exposure"
    LEFT_AREA = "left_area"
    ARRIVAL = "arrival"
    ONSET = "onset"
    RASH_ONSET = "rash_onset"
    START = "start"


class Until(StrEnum):
    """What ends a stage beside or instead of its days."""

    PHASE_END = "phase_end"
    CLINIC_SAYS = "clinic_says"
    TEST_NEGATIVE = "test_negative"
    FEVER_FREE_HOURS = "fever_free_hours"
    SYMPTOMS_GONE_HOURS = "symptoms_gone_hours"


WITH_HOURS = frozenset({Until.FEVER_FREE_HOURS, Until.SYMPTOMS_GONE_HOURS})


class Need(StrEnum):
    """What must hold before a person is let go of a measure."""

    DAYS_PASSED = "days_passed"
    ALL_TESTS_DONE = "all_tests_done"
    LAST_TEST_NEGATIVE = "last_test_negative"
    NEGATIVE_TESTS = "negative_tests"
    NO_SYMPTOMS = "no_symptoms"
    NO_FEVER = "no_fever"
    FEVER_FREE_HOURS = "fever_free_hours"
    SYMPTOMS_GONE_HOURS = "symptoms_gone_hours"
    CLINIC_SAYS = "clinic_says"
    PHASE_ENDED = "phase_ended"


REQUIRABLE = frozenset(
    {Need.ALL_TESTS_DONE, Need.LAST_TEST_NEGATIVE, Need.NEGATIVE_TESTS, Need.NO_SYMPTOMS, Need.NO_FEVER, Need.CLINIC_SAYS}
)
"""What `release.require` of a profile may name; the others follow from a stage."""


class AppliesTo(StrEnum):
    """To whom a measure is laid on at once."""

    PERSON = "person"
    HOUSEHOLD = "household"
    AREA = "area"


class Outcome(StrEnum):
    """How a crossing at a gate ends."""

    PASS = "pass"  # noqa: S105
    PASS_WITH_MEASURE = "pass_with_measure"  # noqa: S105
    TURNED_BACK = "turned_back"
    REFERRED_CLINIC = "referred_clinic"


class Warmth(StrEnum):
    """What a thermometer says under a profile."""

    NORMAL = "normal"
    FEVER = "fever"
    IMPLAUSIBLE = "implausible"


class Post(StrEnum):
    """A place in the group that leads an outbreak (inventory 7)."""

    LEADER = "leader"
    DEPUTY = "deputy"
    MEMBER = "member"
    OFFICE = "office"
