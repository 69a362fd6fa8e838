"""Uploads on their way into the register. Nothing is journalled before someone confirms: a draft is no act."""

import base64
import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import transaction

from zhegu.journal.actions import Answer
from zhegu.lib.scope import Actor
from zhegu.places.models import Place
from zhegu.registers.actions.importing import Decisions, Source, import_people
from zhegu.registers.models import ImportDraft, ImportFile
from zhegu.registers.rules.reading import Reading

KEPT_FOR = timedelta(days=3)
"""A draft that nobody confirms is gone after this."""

Step = ImportDraft.Step


def keep_upload(
    *, by: Actor, community: Place, files: Sequence[tuple[str, bytes]], at: datetime, ref: UUID
) -> ImportDraft:
    """The files wait, sealed, to be read; `ref` is that of the import to come. Old drafts go."""
    with transaction.atomic():
        ImportDraft.objects.filter(community=community, at__lt=at - KEPT_FOR).delete()
        draft, made = ImportDraft.objects.get_or_create(ref=ref, defaults={"community": community, "by": by.key, "at": at})
        if made:
            for order, (name, content) in enumerate(files):
                ImportFile.objects.create(
                    draft=draft, order=order, name=name[:200], sha256=sha256(content).hexdigest(),
                    content=base64.b64encode(content).decode(),
                )  # fmt: skip
    return draft


def contents(draft: ImportDraft) -> list[tuple[str, bytes]]:
    """The files of a draft, opened."""
    return [(file.name, base64.b64decode(file.content)) for file in draft.files.order_by("order")]


def correct(draft: ImportDraft, said: Mapping[str, Any]) -> None:
    """What a person said about columns, sheets and doubts replaces what was said of them before."""
    draft.said = {**draft.said, **said}
    draft.step = Step.READING
    draft.save(update_fields=["said", "step"])


def keep_findings(draft: ImportDraft, found: Mapping[str, Any]) -> None:
    """The draft has been read and can be shown."""
    draft.found, draft.step, draft.problem = json.dumps(found, ensure_ascii=False), Step.READ, ""
    draft.save(update_fields=["found", "step", "problem"])


def fail(draft: ImportDraft, problem: str) -> None:
    """The draft could not be read or written; `problem` is a text key. Nothing was written."""
    draft.step, draft.problem = Step.FAILED, problem
    draft.save(update_fields=["step", "problem"])


def begin(draft: ImportDraft, step: str) -> bool:
    """The draft is being read or written from now on; False where it was already written."""
    return bool(ImportDraft.objects.filter(pk=draft.pk).exclude(step=Step.WRITTEN).update(step=step, problem=""))


def write_draft(
    *, by: Actor, draft: ImportDraft, readings: Sequence[Reading], told: Mapping[int, Any], at: datetime, ref: UUID
) -> Answer:
    """The draft's workbooks stand in the register and its files are gone; see `import_people`."""
    sources = [Source(name, digest) for name, digest in draft.files.order_by("order").values_list("name", "sha256")]
    with transaction.atomic():
        answer = import_people(
            by=by, code=draft.community.code, readings=readings, sources=sources, at=at, ref=ref,
            decisions=Decisions(told, draft.said),
        )  # fmt: skip
        if answer.accepted:
            draft.files.all().delete()
            draft.step, draft.problem, draft.found = Step.WRITTEN, "", json.dumps({"written": answer.facts})
        else:
            draft.step, draft.problem = Step.FAILED, answer.reason
        draft.save()
    return answer


def drop(draft: ImportDraft) -> None:
    """The draft and its files are gone."""
    draft.delete()
