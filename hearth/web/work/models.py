"""What is owed to each child, kept in step with the record: derived, and so rebuilt at any time."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from hearth.timescales.duty import Words, words
from hearth.web.children.models import Child


class OwedRows(models.QuerySet["Owed"]):
    """What is owed, asked for by day."""

    def open_on(self, day: date) -> Self:
        """What is open on the day: opened, not done, in a span that runs, and due before it lapses."""
        return self.filter(
            Q(done_on=None) | Q(done_on__gt=day),
            Q(ended_on=None) | Q(ended_on__gt=day),
            Q(adult_on=None) | Q(adult_on__gt=day),
            Q(adult_on=None) | Q(due_on=None) | Q(due_on__lt=F("adult_on")),
            opened_on__lte=day,
        )


class Owed(models.Model):
    """One thing owed to a child and not done: what the engine of duties found, with the last time it was done.

    The days say when it opened, what it is counted from, when it is due (null: not known), when the span ends in which
    it is owed and the birthday that ends it. How it stands on a day follows by comparing: ``status_on``.
    """

    child = models.ForeignKey(Child, models.PROTECT, related_name="owed")
    duty = models.CharField(max_length=80)
    opened_on = models.DateField()
    triggered_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    done_on = models.DateField(null=True)
    refused_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    adult_on = models.DateField(null=True)
    is_known = models.BooleanField()
    last_done_on = models.DateField(null=True)

    objects = OwedRows.as_manager()

    class Meta:
        verbose_name = "what is owed"
        verbose_name_plural = "what is owed"
        indexes = (
            models.Index(fields=("child", "due_on"), name="owed_child_due"),
            models.Index(fields=("duty", "due_on"), name="owed_duty_due"),
        )

    @property
    def words(self) -> Words:
        """The duty in the handbook's words."""
        return words()[self.duty]

    def status_on(self, day: date) -> str:
        """How it stands on a day on which it is open: overdue, due or not_known."""
        if not self.is_known or self.due_on is None:
            return "not_known"
        return "overdue" if self.due_on < day else "due"


class Reckoning(models.Model):
    """The last time that everything owed was worked out: when, and by which declarations and limits."""

    fingerprint = models.CharField(max_length=64)
    reckoned_at = models.DateTimeField(auto_now_add=True)
    rows = models.PositiveIntegerField()

    class Meta:
        ordering = ("-pk",)
        get_latest_by = "pk"
