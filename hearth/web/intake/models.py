"""A load of a council's data: what was read, by whom, and whether it was undone."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class Batch(models.Model):
    """One load, done in one transaction."""

    kind = models.CharField("kind of source", max_length=40)
    said = models.CharField("what was loaded, in words", max_length=500)
    loaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    loaded_at = models.DateTimeField(default=timezone.now)
    snapshot_on = models.DateField("day the source speaks of", null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "load"
        ordering = ("-loaded_at", "-pk")

    def __str__(self) -> str:
        return f"{self.said}, {self.loaded_at:%d %B %Y}"
