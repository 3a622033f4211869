"""Extracts of the chronology that somebody chose for a purpose, and the files made of them for others.

Once locked, an extract never changes.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from hearth.web.children.fields import code, day, text, words
from hearth.web.children.records import ChildRecord
from hearth.web.children.truths import STANDING


class Extract(ChildRecord):
    """A chronology chosen for a court, a review or a life story: a draft until it is locked."""

    title = text("title", required=True)
    purpose = code("extract_purpose", "what it is for", required=True)
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by", verbose_name="earlier extract"
    )
    locked_at = models.DateTimeField("locked at", null=True, editable=False)
    locked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+", db_index=False
    )

    class Meta:
        verbose_name = "extract"

    def __str__(self) -> str:
        return self.title

    @property
    def is_locked(self) -> bool:
        """Whether it can no longer change."""
        return self.locked_at is not None


class ExtractEntry(ChildRecord):
    """An event chosen for an extract, with why it matters.

    ``section``, ``row_id`` and ``is_end`` name the event of the chronology; its words are copied when the extract is
    locked, and stay as they stood then whatever becomes of the record.
    """

    extract = models.ForeignKey(Extract, models.PROTECT, related_name="entries")
    section = models.CharField(max_length=80)
    row_id = models.PositiveBigIntegerField()
    is_end = models.BooleanField(default=False)
    why = words("why it matters")

    on = day("day")
    area = text("area of record")
    what = text("what happened")
    said = models.JSONField("what the record said", default=list, blank=True)
    origin = text("where it comes from")

    class Meta:
        verbose_name = "entry of an extract"
        verbose_name_plural = "entries of extracts"
        constraints = (
            models.UniqueConstraint(
                fields=("extract", "section", "row_id", "is_end"), condition=STANDING, name="one_entry_an_event"
            ),
        )

    @property
    def key(self) -> str:
        """The name of the event, as ``chronology.Event.key`` gives it."""
        return f"{self.section}.{self.row_id}{'.end' if self.is_end else ''}"


class ExtractFile(ChildRecord):
    """That a file was made of an extract: by whom and when (as every record says), for whom, and why."""

    extract = models.ForeignKey(Extract, models.PROTECT, related_name="files")
    kind = code("paper_kind", "kind of file", required=True)
    for_whom = text("who it is for", required=True)
    why = text("why they need it", required=True)

    class Meta:
        verbose_name = "file of an extract"
        verbose_name_plural = "files of extracts"
