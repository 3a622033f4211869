"""Papers kept with a record."""

from __future__ import annotations

from django.db import models

from hearth.tables import catalogue
from hearth.web.children.fields import text
from hearth.web.children.files import valid_paper, where
from hearth.web.children.records import AuthorityRecord, ChildRecord


class Paper(models.Model):
    """A file with what it is, and the row that it is kept with."""

    title = text("what it is", required=True)
    file = models.FileField("file", upload_to=where, validators=[valid_paper], max_length=200)
    file_name = text("name of the file as given", required=True)
    of_table = text("kind of record it belongs to")
    of_id = models.PositiveBigIntegerField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title


class Attachment(Paper, ChildRecord):
    """A paper kept with the child's record, and with one of its rows where that is said."""

    class Meta:
        indexes = (models.Index(fields=["of_table", "of_id"], name="attachment_by_record"),)


class AttachmentElsewhere(Paper, AuthorityRecord):
    """A paper kept with a row about a fostering household, a children's home or the authority."""

    identifier = text("identifier of the household or home", required=True)
    of_table = text("kind of record it belongs to", required=True)

    class Meta:
        verbose_name = "paper"
        indexes = (models.Index(fields=["of_table", "of_id"], name="elsewhere_by_record"),)

    @property
    def whose(self) -> tuple[str, ...]:
        """Whom the row it is kept with is about, as the log says it."""
        return catalogue.subject(self.of_table), *dict.fromkeys((self.authority, self.identifier))
