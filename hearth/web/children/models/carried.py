"""What has ever been recorded in Hearth: by table, by column answered, by kind of act."""

from __future__ import annotations

from django.db import models


class Carried(models.Model):
    """A name as ``Record.carries`` has them ("visits", "visits.is_seen_alone"), and since when it is recorded."""

    name = models.CharField(max_length=120, unique=True)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "what is recorded in Hearth"
        verbose_name_plural = "what is recorded in Hearth"

    def __str__(self) -> str:
        return self.name
