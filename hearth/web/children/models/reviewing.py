"""What a review brings: decisions with an owner and a day, and who took part."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from django.db import models

from hearth.web.children.fields import code, day, text, yes_no
from hearth.web.children.models.working import Review
from hearth.web.children.records import ChildRecord


class ReviewDecision(ChildRecord):
    """A decision of a review, which is told by its day: what, who, by when, and whether it was done."""

    table: ClassVar[str] = "review_decisions"
    told_if_so: ClassVar[Sequence[str]] = ("is_dropped",)
    reviewed_on = day("day of the review", required=True)
    decision = models.TextField("decision")
    owner = text("who will do it")
    due_on = day("by when")
    done_on = day("done on")
    is_dropped = yes_no("no longer needed")
    outcome = models.TextField("what came of it", null=True, blank=True)

    class Meta:
        ordering = ("reviewed_on", "pk")

    @classmethod
    def of(cls, review: Review) -> models.QuerySet[ReviewDecision]:
        """The decisions of a review."""
        return cls.objects.filter(child=review.child_id, reviewed_on=review.held_on)

    def is_open_on(self, on: date) -> bool:
        """Whether it was still to be done on the day."""
        return not self.is_dropped and (self.done_on is None or self.done_on > on)


class ReviewAttendance(ChildRecord):
    """Who took part in a review, and how."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="attendance")
    name = text("name", required=True)
    capacity = text("who this is: mother, foster carer, school, social worker")
    part = code("review_part", "how they took part", required=True)

    class Meta:
        verbose_name_plural = "review attendance"
        ordering = ("review", "pk")
