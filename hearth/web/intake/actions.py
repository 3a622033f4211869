"""What may be done with files given on the page and with loads: each act leaves one line in the log."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from hearth.web.access import audit
from hearth.web.access.models import User
from hearth.web.intake import running, staging
from hearth.web.intake.checking import frames as checking
from hearth.web.intake.loading import LoadRefusedError
from hearth.web.intake.models import Check, Upload
from hearth.web.intake.staging import Given


def give_files(*, chosen: Sequence[Given], authority: str, overwrite_owned: bool, by: User) -> Upload:
    """Keeps the files privately and begins to read them. Raises staging.NotStagedError when they cannot be taken."""
    token, names = staging.stage(chosen)
    with transaction.atomic():
        upload = Upload.objects.create(
            given_by=by, folder=token, files=names, authority=authority, overwrite_owned=overwrite_owned
        )
        audit.record(by, "files given", page="load_files", details={"upload": upload.pk, "files": len(names)})
    running.start(upload, "read")
    return upload


def begin_load(*, upload: Upload, by: User, withdraw_many: bool = False, of_others: bool = False) -> None:
    """Begins the load. Raises LoadRefusedError when the upload is not, or no longer, ready."""
    with transaction.atomic():
        ready = Upload.objects.select_for_update().filter(pk=upload.pk, state=Upload.State.READY)
        if not ready.update(state=Upload.State.LOADING):
            raise LoadRefusedError("These files are not ready to be loaded, or somebody has begun to load them.")
        audit.record(by, "load begun", page="upload_load", details={"upload": upload.pk})
    said = {"--withdraw-many": withdraw_many, "--of-others": of_others}
    running.start(upload, "load", *(word for word, is_said in said.items() if is_said))


def drop(*, upload: Upload, by: User) -> None:
    """Drops files that were not loaded: they are removed for good. Raises LoadRefusedError while they are loaded."""
    with transaction.atomic():
        found = Upload.objects.select_for_update().get(pk=upload.pk)
        if found.state == Upload.State.LOADED or (found.state == Upload.State.LOADING and running.is_at_work(found)):
            raise LoadRefusedError("These files are loaded, or being loaded: undo the load instead.")
        found.state = Upload.State.DROPPED
        found.save(update_fields=["state"])
        audit.record(by, "files dropped", page="upload_dropped", details={"upload": upload.pk})
    staging.remove(upload.folder)


def check_record(*, by: User, today: date) -> Check:
    """Checks the return that the live record would give. Raises LoadRefusedError when there are no children."""
    found = checking.of_record(today)
    if found is None:
        raise LoadRefusedError("The record has no children yet: load a source first.")
    with transaction.atomic():
        made = Check.objects.create(run_by=by, said="The live record", **vars(found))
        audit.record(by, "record checked", page="record_checked", details={"check": made.pk})
    return made
