"""How long accounts keeps what."""

from zhegu.accounts.models import Enrolment, Look, StaffCode, WrongPassword
from zhegu.lib.upkeep import Due, Kept


def _looks(due: Due):
    return Look.objects.filter(community=due.community.code, at__lt=due.before)


def _invitations(due: Due):
    return Enrolment.objects.filter(community=due.community, expires__lt=due.before)


def _codes(due: Due):
    return StaffCode.objects.filter(community=due.community, expires__lt=due.before)


def _wrong_passwords(due: Due):
    return WrongPassword.objects.filter(at__lt=due.before)


KEPT = (
    Kept("accounts.looks", "audit", 365, "happened", "privacy P8: at least 6 months, 12 by default", _looks),
    Kept("accounts.invitations", "staff", 30, "ended", "house: long enough to ask who invited a phone", _invitations),
    Kept("accounts.codes", "staff", 30, "ended", "house: long enough to ask who made a code", _codes),
    Kept("accounts.wrong_passwords", "audit", 1, "happened", "house: only the last hour counts", _wrong_passwords, whole=True),
)
