"""The root's recovery sheet on paper."""

from collections.abc import Sequence

from zhegu.lib.paper import Imprint, RecoverySheet, print_recovery


def recovery_pdf(secret: str, fingerprint: str, imprint: Imprint, share: str = "") -> bytes:
    """One page for the safe; `share` ("1 / 3") where it is one of three."""
    opens = "cards.sheet_share_opens" if share else "cards.sheet_opens"
    sheet = RecoverySheet("cards.sheet_title", opens, "cards.sheet_keep", secret, fingerprint, share)
    return print_recovery(sheet, imprint)


def share_pdfs(secrets: Sequence[str], fingerprint: str, imprint: Imprint) -> list[bytes]:
    """Each sheet as a file of its own, so that no two shares lie in one."""
    count = len(secrets)
    return [
        recovery_pdf(secret, fingerprint, imprint, f"{number} / {count}" if count > 1 else "")
        for number, secret in enumerate(secrets, 1)
    ]
