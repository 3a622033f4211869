"""What somebody is in the middle of writing, of a child or whom else: kept as typed, never part of the record."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class Drafts(models.QuerySet["Draft"]):
    """Drafts by state."""

    def unfinished(self) -> Drafts:
        """Those not recorded yet, newest first."""
        return self.filter(finished_at=None).order_by("-saved_at", "-pk")


class Draft(models.Model):
    """One opening of a form, as typed so far; once recorded it is emptied and kept as the receipt of the recording."""

    key = models.CharField(max_length=40, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="drafts")
    child = models.ForeignKey("children.Child", models.PROTECT, null=True, related_name="+")
    other_id = models.PositiveBigIntegerField("of whom, where it is no child", null=True)
    kind = models.CharField("kind of record", max_length=60)
    row_id = models.PositiveBigIntegerField("row that is corrected", null=True)
    seen_revision = models.PositiveIntegerField("revision it started from", null=True)
    typed = models.JSONField(default=dict)
    saves = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField(default=timezone.now)
    saved_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    objects = Drafts.as_manager()

    class Meta:
        indexes = (models.Index(fields=["user", "finished_at"], name="draft_by_person"),)

    def __str__(self) -> str:
        return f"Draft of {self.kind}, saved {self.saved_at:%d %B %Y at %H:%M}"
