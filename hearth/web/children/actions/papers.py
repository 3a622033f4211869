"""Papers kept with the record."""

from __future__ import annotations

from django.core.files.base import File

from hearth.web.access.models import User
from hearth.web.children import recording
from hearth.web.children.files import safe_name
from hearth.web.children.models import Attachment, AttachmentElsewhere, Child
from hearth.web.children.records import AuthorityRecord, ChildRecord, Kept

KEPT = "paper kept"


def attach(*, child: Child, by: User, title: str, file: File[bytes], of: Kept | None = None) -> Attachment:
    """Keeps a paper with the child's record, and with one row of it where ``of`` is given.

    Raises Django's validation error, in a sentence, when the file is too large or not of a kind that is kept.
    """
    name = safe_name(file.name or "")
    row = Attachment(child=child, title=title, file=file, file_name=name)
    if of is not None:
        row.of_table, row.of_id = recording.name_of(type(of)), of.pk
    return recording.record(row, by=by, what=KEPT)


def attach_elsewhere(*, by: User, title: str, file: File[bytes], of: AuthorityRecord) -> AttachmentElsewhere:
    """Keeps a paper with a row about a household, a home or the authority. Raises as ``attach`` does."""
    name, table = safe_name(file.name or ""), recording.name_of(type(of))
    row = AttachmentElsewhere(title=title, file=file, file_name=name, of_table=table, of_id=of.pk)
    row.authority, row.identifier = of.authority, of.whose[-1]
    return recording.record(row, by=by, what=KEPT)


def keep_with(row: ChildRecord | AuthorityRecord, *, by: User, file: File[bytes]) -> None:
    """Keeps a file with a row, whomever it is about, under its own name. Raises as ``attach`` does."""
    title = safe_name(file.name or "")
    if isinstance(row, AuthorityRecord):
        attach_elsewhere(by=by, title=title, file=file, of=row)
    else:
        attach(child=row.child, by=by, title=title, file=file, of=row)
