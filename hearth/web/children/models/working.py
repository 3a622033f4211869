"""The work done with the child: workers, reviews, visits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from django.db import models
from django.db.models import Q

from hearth.tables.codes import members
from hearth.web.children.fields import code, day, text, words, yes_no
from hearth.web.children.records import ChildRecord
from hearth.web.children.truths import in_order, known, one_open

MAIN_ROLES = members("worker_role", "social_worker", "personal_adviser", "reviewing_officer")


class Allocation(ChildRecord):
    """A worker allocated to the child, with dates and role; access follows it."""

    table: ClassVar[str] = "allocations"
    worker_id = text("worker", required=True)
    role = code("worker_role")
    registration = text("Social Work England number")
    team = text()
    started_on = day("from", required=True)
    ended_on = day("to")
    reason_changed = code("social_worker_change_reason", "why the worker changed")

    class Meta:
        ordering = ("started_on", "pk")
        constraints = (
            one_open(
                "role",
                where=Q(role__in=MAIN_ROLES),
                sentence="The child already has a worker in this role: end that allocation first",
            ),
            in_order("started_on", "ended_on"),
            known("role", "worker_role"),
        )
        indexes = (
            models.Index(fields=["worker_id", "child"], name="allocation_by_worker"),
            models.Index(fields=["ended_on"], name="allocation_by_end"),
            models.Index(
                fields=["child", "role", "ended_on", "started_on", "team", "worker_id", "is_withdrawn"],
                name="allocation_of_a_child",  # whatever access asks of each child stands in it
            ),
        )


class Review(ChildRecord):
    """A review of the child's case."""

    table: ClassVar[str] = "reviews"
    told_if_so: ClassVar[Sequence[str]] = ("is_cancelled",)
    held_on = day("held on")
    due_on = day("due date as the source gives it")
    participation = code("participation", "how the child took part")
    is_cancelled = yes_no("cancelled")

    is_chaired_by_child = yes_no("the child chaired the review, or a part of it")
    child_views = words("what the child said")
    summary = words("summary, written to the child")

    class Meta:
        constraints = (known("participation", "participation"),)
        indexes = (models.Index(fields=["held_on"], name="review_by_day"),)


class ReviewingOfficerContact(ChildRecord):
    """A contact of the reviewing officer with the child."""

    table: ClassVar[str] = "reviewing_officer_contacts"
    told_if_so: ClassVar[Sequence[str]] = ("is_refused",)
    contacted_on = day("day of the contact", required=True)
    is_refused = yes_no("the child did not want to speak with the officer")
    reason_not_spoken = text("why it was not right to speak with the child")


class Visit(ChildRecord):
    """A visit to the child by the authority's representative."""

    table: ClassVar[str] = "visits"
    visited_on = day("day of the visit", required=True)
    is_seen = yes_no("the child was seen")
    is_seen_alone = yes_no("the child was seen alone")
    reason_not_alone = text("why the child was not seen alone")

    why_not_seen = words("why the child was not seen")
    child_views = words("what the child said")
    concerns = words("concerns")
