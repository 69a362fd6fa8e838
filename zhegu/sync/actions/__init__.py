"""What the phone's door does: receive what phones send, tell them what changed, settle what was set aside."""

from zhegu.sync.actions.quarantine import dismiss, release
from zhegu.sync.actions.receiving import Given, receive
from zhegu.sync.actions.telling import tell

__all__ = ["Given", "dismiss", "receive", "release", "tell"]
