"""The journey in care: episodes, legal statuses, deprivation of liberty."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from hearth.web.children.fields import code, day, number, text, words, yes_no
from hearth.web.children.records import ChildRecord
from hearth.web.children.truths import STANDING, in_order, known, one_open


class Episode(ChildRecord):
    """An episode of care: one legal status in one placement, as the national return records them."""

    table: ClassVar[str] = "episodes"

    started_on = day("began", required=True)
    reason_started = code("reason_new_episode", "why it began")
    legal_status = code("legal_status", "legal status")
    category_of_need = code("category_of_need", "main reason for the period of care")
    placement_type = code("placement_type", "kind of placement")
    placement_provider = code("placement_provider", "who provides the placement")
    ended_on = day("ended")
    reason_ended = code("reason_episode_ceased", "why it ended")
    reason_placement_changed = code("reason_placement_change", "why the placement ended")
    home_postcode = text("home postcode when care began")
    placement_postcode = text("postcode of the placement")
    urn = text("reference of the setting or agency with the regulator")
    period_started_on = day("day the period of care began, where it is said apart")
    distance_miles = number("miles from home")
    placement_authority = text("authority of the placement")
    is_in_area = yes_no("placed in the council's area")

    carers = text("names of the carers or of the home")
    carer_id = text("fostering household of the council, by its number")
    placement_telephone = text("telephone of the placement")
    is_move_planned = yes_no("the move was planned")
    is_move_positive = yes_no("the move was good for the child")
    why_moved = words("why this placement, in words to the child")

    class Meta:
        verbose_name = "episode of care"
        verbose_name_plural = "episodes of care"
        ordering = ("started_on", "pk")
        indexes = (models.Index(fields=["ended_on"], name="episode_by_end"),)
        constraints = (
            one_open(sentence="The child already has an open episode of care: end it, or record a move"),
            in_order("started_on", "ended_on"),
            known("reason_started", "reason_new_episode"),
            models.UniqueConstraint(
                fields=("child", "started_on", "ended_on"),
                condition=STANDING,
                name="one_episode_a_span",
                violation_error_message="The child already has an episode of care between these days",
            ),
        )


class LegalStatus(ChildRecord):
    """A legal status, also one that does not make a child looked after."""

    table: ClassVar[str] = "legal_statuses"
    status = code("legal_status", "legal status")
    started_on = day("from")
    ended_on = day("to")

    class Meta:
        verbose_name_plural = "legal statuses"
        constraints = (in_order("started_on", "ended_on"),)


class DeprivationOfLiberty(ChildRecord):
    """A deprivation of liberty order."""

    table: ClassVar[str] = "deprivations_of_liberty"
    started_on = day("order began", required=True)
    ended_on = day("order ended")

    class Meta:
        verbose_name_plural = "deprivations of liberty"
        constraints = (in_order("started_on", "ended_on"),)
