"""The work on files given on the page: read, compared, loaded, in a process of its own so that pages stay quick."""

from __future__ import annotations

import logging
import os
from collections import Counter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from hearth.returns.source import SourceError, open_source
from hearth.tables import catalogue, codes
from hearth.tables.record import KINDS, Record
from hearth.web.config import apart
from hearth.web.config.today import today
from hearth.web.intake import frames, loading, staging, whose
from hearth.web.intake.checking import frames as checking
from hearth.web.intake.frames import Plan
from hearth.web.intake.loading import LoadRefusedError, Options
from hearth.web.intake.models import Check, Upload

log = logging.getLogger("hearth.intake")
KINDS_OF_PROBLEM = 100
OUR_ERROR = "Hearth met an error of its own. Nothing was loaded. Tell your administrator: the log says more."
STOPPED = "The work stopped before it was done, and nothing of it was kept. Start again."


def start(upload: Upload, step: str, *more: str) -> None:
    """Begins a step ("read" or "load") of the work on an upload: in a process of its own, or at once where so set."""
    if not settings.HEARTH_LOADS_APART:
        run(upload.pk, step, *more)
        return
    with (staging.folder_of(upload.folder) / f"{step}.log").open("wb") as said:
        pid = apart.begin("upload", step, str(upload.pk), *more, said=said)
    staging.tell(upload.folder, pid=pid)


def is_at_work(upload: Upload) -> bool:
    """Whether the process that works on the upload still lives."""
    pid = staging.told(upload.folder).get("pid")
    return isinstance(pid, int) and Path(f"/proc/{pid}/cmdline").exists() and _is_ours(pid)


def _is_ours(pid: int) -> bool:
    try:
        return b"upload" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def run(key: int, step: str, *more: str) -> None:
    """Does a step of the work on an upload; whatever goes wrong ends in a sentence on its page."""
    upload = Upload.objects.select_related("given_by").get(pk=key)
    try:
        record = _record(upload)
        if step == "read":
            _read(upload, record)
        else:
            _load(upload, record, withdraw_many="--withdraw-many" in more, of_others="--of-others" in more)
    except SourceError as error:
        _fail(upload, str(error).replace(str(staging.source_of(upload.folder)), str(upload)))
    except LoadRefusedError as error:
        _fail(upload, str(error))
    except Exception:
        log.exception("an upload could not be worked on", extra={"upload": key})
        _fail(upload, OUR_ERROR)


def _fail(upload: Upload, said: str) -> None:
    _come(upload, Upload.State.FAILED, said=said)


def _come(upload: Upload, state: str, **said: Any) -> None:
    """Notes how far the upload has come, unless somebody has dropped it meanwhile."""
    Upload.objects.filter(pk=upload.pk).exclude(state=Upload.State.DROPPED).update(state=state, **said)


def _record(upload: Upload) -> Record:
    staging.tell(upload.folder, pid=os.getpid(), doing="Reading the files")
    return open_source(staging.source_of(upload.folder), authority=upload.authority or None)


def _plan(upload: Upload, record: Record) -> Plan:
    staging.tell(upload.folder, pid=os.getpid(), doing="Comparing with the record")
    return frames.plan(record, today(), overwrite_owned=upload.overwrite_owned)


def _read(upload: Upload, record: Record) -> None:
    plan = _plan(upload, record)
    if record.kind == "ssda903":
        staging.tell(upload.folder, pid=os.getpid(), doing="Checking by the published rules")
        _check(upload)
    _come(upload, Upload.State.READY, preview=preview(record, plan))


def _check(upload: Upload) -> None:
    found = checking.of_files(staging.source_of(upload.folder), upload.authority or None)
    if found is not None:
        Check.objects.create(upload=upload, run_by=upload.given_by, said=str(upload)[:500], **vars(found))


def _load(upload: Upload, record: Record, *, withdraw_many: bool, of_others: bool) -> None:
    plan = _plan(upload, record)
    said = loading.said_of(record, str(upload))
    options = Options(said, upload.given_by, today(), upload.overwrite_owned, withdraw_many, of_others)

    def progress(table: str, done: int, whole: int) -> None:
        doing = f"Loading {catalogue.title(table).lower()}" if table else "Working out what is owed"
        staging.tell(upload.folder, pid=os.getpid(), doing=doing, done=done, whole=whole)

    with transaction.atomic():
        upload.batch = loading.load(record, plan, options, progress)
        upload.state = Upload.State.LOADED
        upload.save(update_fields=["batch", "state"])
    staging.remove(upload.folder)


def preview(record: Record, plan: Plan) -> dict[str, Any]:
    """What was recognised and what a load would do, as the page shows it."""
    return {
        "kind": KINDS.get(record.kind, record.kind),
        "authorities": [codes.named("authority", code) for code in record.authorities],
        "doubt": whose.doubt(record),
        "speaks_to": plan.speaks_to and plan.speaks_to.isoformat(),
        "files": record.counts.to_dicts(),
        "tables": [{**vars(count), "title": catalogue.title(count.table)} for count in loading.counts(plan)],
        "changes_nothing": loading.changes_nothing(plan),
        "many": [{"title": catalogue.title(c.table), "withdrawn": c.withdrawn} for c in loading.many_withdrawn(plan)],
        "problems": _kinds(plan.problems),
        "problem_count": len(plan.problems),
    }


def _kinds(problems: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Problems of one kind together, the gravest and most frequent first."""
    names = ("effect", "file", "column", "problem", "remedy")
    kinds = Counter(tuple(_plain(name, row[name]) for name in names) for row in problems)
    ranked = sorted(kinds.items(), key=lambda found: (found[0][0] == "noted", -found[1]))
    return [{**dict(zip(names, kind, strict=True)), "times": times} for kind, times in ranked[:KINDS_OF_PROBLEM]]


def _plain(name: str, value: str | None) -> str:
    """A problem without the day of its row, so that those of one kind count together."""
    said = value or ""
    return said.split(" (row of ")[0] if name == "problem" else said
