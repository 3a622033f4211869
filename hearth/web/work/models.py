"""What is owed, stands still and waits for a sign-off, kept in step with the record; the weeks ahead; sign-offs.

All but the sign-offs is derived, and so rebuilt at any time.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import ClassVar, Self, TypeVar

from django.db import models
from django.db.models import F, Q

from hearth.timescales.duty import Words, words
from hearth.web.children.fields import day as day_of
from hearth.web.children.fields import text
from hearth.web.children.fields import words as words_of
from hearth.web.children.models import Child
from hearth.web.children.records import ChildRecord

D = TypeVar("D", bound="Duty")
SOON = timedelta(days=14)


class OwedRows(models.QuerySet[D]):
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

    def near_on(self, day: date) -> Self:
        """What is overdue on the day or due in the two weeks after: ``overdue_on`` and ``soon_on`` together."""
        return self.open_on(day).filter(is_known=True, due_on__lte=day + SOON)

    def of(self, children: Iterable[int], duties: Iterable[str] | None) -> Self:
        """What is owed to these children; ``duties``: only these."""
        found = self.filter(child__in=children)
        return found if duties is None else found.filter(duty__in=duties)

    def due_between(self, first: date, last: date) -> Self:
        """What is due on these days, and what is due on a day not known."""
        return self.filter(Q(is_known=False) | Q(due_on=None) | Q(due_on__range=(first, last)))

    def overdue_on(self, day: date) -> Self:
        """What is open on the day and was due before it."""
        return self.near_on(day).filter(due_on__lt=day)

    def soon_on(self, day: date) -> Self:
        """What is open on the day and due on it or in the two weeks after."""
        return self.near_on(day).filter(due_on__gte=day)


class Duty(models.Model):
    """One thing owed and not done: what the engine of duties found, with the last time it was done.

    The days say when it opened, what it is counted from, when it is due (null: not known), when the span ends in which
    it is owed and the birthday that ends it; ``limit`` is the limit that gives the due day. How it stands on a day
    follows by comparing: ``status_on``.
    """

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
    limit = models.CharField(max_length=80, default="")

    objects = OwedRows.as_manager()

    class Meta:
        abstract = True

    @property
    def words(self) -> Words:
        """The duty in the handbook's words."""
        return words()[self.duty]

    def status_on(self, day: date) -> str:
        """How it stands on a day on which it is open: overdue, due or not_known."""
        if not self.is_known or self.due_on is None:
            return "not_known"
        return "overdue" if self.due_on < day else "due"


class Owed(Duty):
    """One thing owed to a child."""

    child = models.ForeignKey(Child, models.PROTECT, related_name="owed")

    class Meta:
        verbose_name = "what is owed"
        verbose_name_plural = "what is owed"
        indexes = (
            models.Index(fields=("child", "due_on"), name="owed_child_due"),
            models.Index(fields=("duty", "due_on"), name="owed_duty_due"),
        )


class OwedElsewhere(Duty):
    """One thing owed to or by others than children: a foster carer, a children's home, the authority itself."""

    subject = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=300)

    class Meta:
        verbose_name = "what is owed elsewhere"
        verbose_name_plural = "what is owed elsewhere"
        indexes = (models.Index(fields=("subject", "due_on"), name="owed_elsewhere_due"),)


class Reckoning(models.Model):
    """The last time that everything owed was worked out: when, and by which declarations and limits."""

    fingerprint = models.CharField(max_length=64)
    reckoned_at = models.DateTimeField(auto_now_add=True)
    rows = models.PositiveIntegerField()

    class Meta:
        ordering = ("-pk",)
        get_latest_by = "pk"


class Stages(models.QuerySet["Stage"]):
    """Stages, asked for by day."""

    def still_on(self, day: date) -> Self:
        """The journeys that stand still on the day."""
        return self.filter(
            Q(ended_on=None) | Q(ended_on__gt=day),
            Q(moved_on=None) | Q(moved_on__gt=day),
            opened_on__lte=day,
            still_from__lte=day,
        )


class Stage(models.Model):
    """A child at a stage of a journey that should not last, by a rule of drift: the days by which it stands still."""

    child = models.ForeignKey(Child, models.PROTECT, related_name="stages")
    drift = models.CharField(max_length=80)
    opened_on = models.DateField()
    ended_on = models.DateField(null=True)
    moved_on = models.DateField(null=True)
    still_from = models.DateField(null=True)

    objects = Stages.as_manager()

    class Meta:
        verbose_name = "stage of a journey"
        verbose_name_plural = "stages of journeys"
        indexes = (models.Index(fields=("child", "drift"), name="stage_of_a_child"),)


class DayReckoned(models.Model):
    """A working out of what is too dear for each page: for which day, begun when, done when (null: not yet).

    ``weeks_at``: when the weeks ahead were worked out, which may be later; ``moved_at``: when children were given to
    other workers after that, so that the weeks ahead are others now.
    """

    as_of = models.DateField()
    begun_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    weeks_at = models.DateTimeField(null=True)
    moved_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "day worked out"
        verbose_name_plural = "days worked out"
        ordering = ("-pk",)


class ForecastWeek(models.Model):
    """A week of the forecast of one team or one worker, as ``hearth.timescales.forecast`` gives it."""

    by = models.CharField(max_length=10)
    group = models.CharField(max_length=300)
    week = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    falls_due = models.PositiveIntegerField()
    already_late = models.PositiveIntegerField()
    managed_median = models.FloatField(null=True)
    managed_best = models.PositiveIntegerField(null=True)
    can_be_done = models.BooleanField(null=True)
    why = models.CharField(max_length=400)

    class Meta:
        verbose_name = "week of the forecast"
        verbose_name_plural = "weeks of the forecast"
        ordering = ("by", "group", "week")
        constraints = (models.UniqueConstraint(fields=("by", "group", "week"), name="one_forecast_a_week"),)


class Awaited(models.Model):
    """A version of a plan or an assessment that waits for a manager's answer: whose, which row, since when."""

    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    of_table = models.CharField(max_length=80)
    of_id = models.PositiveBigIntegerField()
    recorded_at = models.DateTimeField()
    is_again = models.BooleanField("it was sent back before")

    class Meta:
        verbose_name = "what waits for a sign-off"
        verbose_name_plural = "what waits for a sign-off"
        constraints = (models.UniqueConstraint(fields=("of_table", "of_id"), name="a_row_waits_once"),)


class SignOff(ChildRecord):
    """A manager's answer to a plan or an assessment: agreed, or sent back with what must be better.

    It answers one revision of one row: after a correction the row waits again.
    """

    AGREED: ClassVar[str] = "agreed"
    SENT_BACK: ClassVar[str] = "sent back"

    answered_on = day_of("answered on", required=True)
    about = text("what was answered", required=True)
    of_table = text("kind of record", required=True)
    of_id = models.PositiveBigIntegerField("number of the row", editable=False)
    of_revision = models.PositiveIntegerField("version of the row", editable=False)
    answer = models.CharField("answer", max_length=10, choices=((AGREED, "Agreed"), (SENT_BACK, "Sent back")))
    reason = words_of("what the manager says")

    class Meta:
        verbose_name = "manager's sign-off"
        verbose_name_plural = "managers' sign-offs"
        constraints = (
            models.UniqueConstraint(
                fields=("of_table", "of_id", "of_revision"),
                condition=Q(is_withdrawn=False),
                name="one_answer_a_version",
                violation_error_message="This version has its answer already",
            ),
        )
