"""Single sheets that are kept or scanned once: a key for the safe, the code a phone joins with."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from zhegu.lib.clock import local
from zhegu.lib.paper.fonts import Fonts
from zhegu.lib.paper.press import Imprint, press
from zhegu.lib.paper.qr import drawn
from zhegu.lib.tables import Words


@dataclass(frozen=True)
class RecoverySheet:
    """A secret on paper: what it opens, the secret itself in typed groups, and its fingerprint.

    `opens` and `keep` are words (text keys); `secret` is printed in fours and as a code;
    `fingerprint` lets anyone tell later which key this sheet belongs to, without the secret.
    """

    title: Words
    opens: Words
    keep: Words
    secret: str
    fingerprint: str
    share: str = ""


@dataclass(frozen=True)
class EnrolmentSlip:
    """What one phone scans to join: the code's whole text, the address to open, until when it works."""

    qr: str
    address: str
    device: str
    expires: datetime
    typed: str = ""


def print_recovery(sheet: RecoverySheet, imprint: Imprint, fonts: Fonts | None = None) -> bytes:
    """One page for the safe: the secret in groups of four and as a code, fingerprint, who took it."""
    sent = {
        "title": imprint.say(sheet.title),
        "opens": imprint.say(sheet.opens),
        "keep": imprint.say(sheet.keep),
        "qr": drawn(sheet.secret, level="m"),
        "groups": [sheet.secret[start : start + 4] for start in range(0, len(sheet.secret), 4)],
        "fingerprint": [imprint.words("paper.fingerprint"), sheet.fingerprint],
        "share": sheet.share,
        "signatures": [
            imprint.words(f"paper.{line}") for line in ("kept_by", "kept_where", "sealed_on", "witness")
        ],
    }
    return press("recovery", sent, imprint, fonts)


def print_enrolment(slips: Iterable[EnrolmentSlip], imprint: Imprint, fonts: Fonts | None = None) -> bytes:
    """One page per phone: the code at 80 mm, three steps, the address to type, the hour it ends."""
    sent = {
        "title": imprint.words("paper.enrolment_title"),
        "steps": [imprint.words(f"paper.enrolment_step_{step}") for step in (1, 2, 3)],
        "typed": imprint.words("paper.enrolment_typed"),
        "slips": [
            {
                "qr": drawn(slip.qr, level="m"),
                "address": slip.address,
                "device": slip.device,
                "typed": slip.typed,
                "expires": imprint.words("paper.works_until", at=f"{local(slip.expires):%Y-%m-%d %H:%M}"),
            }
            for slip in slips
        ],
    }
    return press("enrolment", sent, imprint, fonts)


@dataclass(frozen=True)
class CodeSheet:
    """A page with one code that opens an address: what it is for, the steps, a small line on what is kept."""

    title: Words
    about: str
    qr: str
    address: str
    steps: tuple[Words, ...]
    small: Words
    expires: datetime


def print_code_sheets(sheets: Iterable[CodeSheet], imprint: Imprint, fonts: Fonts | None = None) -> bytes:
    """One page per code: to hang up, or to hand to one person."""
    sent = {
        "sheets": [
            {
                "title": imprint.say(sheet.title),
                "about": sheet.about,
                "qr": drawn(sheet.qr, level="m"),
                "address": sheet.address,
                "steps": [imprint.say(step) for step in sheet.steps],
                "small": imprint.say(sheet.small),
                "expires": imprint.words("paper.works_until", at=f"{local(sheet.expires):%Y-%m-%d %H:%M}"),
            }
            for sheet in sheets
        ]
    }
    return press("code", sent, imprint, fonts)
