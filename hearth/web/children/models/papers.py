"""Papers kept with a record."""

from __future__ import annotations

from django.db import models

from hearth.web.children.fields import text
from hearth.web.children.files import valid_paper, where
from hearth.web.children.records import ChildRecord


class Attachment(ChildRecord):
    """A paper kept with the child's record, and with one of its rows where that is said."""

    title = text("what it is", required=True)
    file = models.FileField("file", upload_to=where, validators=[valid_paper], max_length=200)
    file_name = text("name of the file as given", required=True)
    of_table = text("kind of record it belongs to")
    of_id = models.PositiveBigIntegerField(null=True, blank=True, editable=False)

    class Meta:
        indexes = (models.Index(fields=["of_table", "of_id"], name="attachment_by_record"),)

    def __str__(self) -> str:
        return self.title
