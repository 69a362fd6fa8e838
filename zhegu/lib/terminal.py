"""What commands that act share: who acts, what they may see, and how the answer is said."""

import json
from typing import Any

from zhegu.lib import clock
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Actor, Scope


def acts() -> dict[str, Any]:
    """`by`, `at` and `ref` of one act."""
    return {"by": Actor.system("command line"), "at": clock.now(), "ref": new_id()}


def scope() -> Scope:
    """Whoever sits at the machine has its data anyway."""
    return Scope.everything("whoever has the command line has the data")


def said(answer: Any) -> int:
    """One JSON line of a journal's answer; the exit code, 1 for a refusal."""
    print(json.dumps({"status": answer.status, "reason": answer.reason, **answer.facts}))
    return 0 if answer.status == "accepted" else 1
