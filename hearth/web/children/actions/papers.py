"""Papers kept with the child's record."""

from __future__ import annotations

from django.core.files.base import File

from hearth.web.access.models import User
from hearth.web.children import recording
from hearth.web.children.files import safe_name
from hearth.web.children.models import Attachment, Child
from hearth.web.children.records import Kept


def attach(*, child: Child, by: User, title: str, file: File[bytes], of: Kept | None = None) -> Attachment:
    """Keeps a paper with the child's record, and with one row of it where ``of`` is given.

    Raises Django's validation error, in a sentence, when the file is too large or not of a kind that is kept.
    """
    row = Attachment(
        child=child,
        title=title,
        file=file,
        file_name=safe_name(file.name or ""),
        of_table=recording.name_of(type(of)) if of else None,
        of_id=of.pk if of else None,
    )
    return recording.record(row, by=by, what="paper kept")
