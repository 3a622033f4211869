"""Participation: how children took part in their reviews, who was not heard, advocates, visitors and complaints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from hearth.measures.populations_contact import TOO_YOUNG, TOOK_PART
from hearth.tables import codes
from hearth.web.children.models import AdvocacyOffer, Child, Complaint, IndependentVisitor, Review
from hearth.web.config.today import today
from hearth.web.design import words
from hearth.web.work.areas.placements import placed
from hearth.web.work.areas.told import Listed, Told

YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Part:
    """One way of taking part, or none, with how many reviews had it; ``has_part`` None: too young, or not known."""

    words: str
    reviews: int
    has_part: bool | None


@dataclass(frozen=True)
class Voice:
    """The year of reviews: by way of taking part, how many a child chaired, advocates and visitors."""

    parts: Sequence[Part]
    chaired: int
    offered: int
    wanted: int
    visited: int

    @property
    def reviews(self) -> int:
        """The reviews held."""
        return sum(part.reviews for part in self.parts)


def voice(seen: QuerySet[Child]) -> Voice:
    """The last twelve months of these children."""
    day = today()
    held = _held(seen, day).filter(held_on__gt=day - YEAR)
    counted = Counter(held.values_list("participation", flat=True))
    known = [code for code in codes.load("participation") if counted[code]]
    unsaid = sum(many for code, many in counted.items() if code not in codes.load("participation"))
    parts = [
        Part(
            f"{code}: {codes.label('participation', code)}",
            counted[code],
            None if code == TOO_YOUNG else code in TOOK_PART,
        )
        for code in known
    ]
    offers = AdvocacyOffer.objects.filter(child__in=seen, offered_on__gt=day - YEAR, offered_on__lte=day)
    matched = IndependentVisitor.objects.filter(
        Q(ended_on=None) | Q(ended_on__gt=day), child__in=placed(seen).values("child"), matched_on__lte=day
    )
    return Voice(
        parts=[*parts, *([Part("How the child took part was not recorded", unsaid, None)] if unsaid else [])],
        chaired=held.filter(is_chaired_by_child=True).count(),
        offered=offers.count(),
        wanted=offers.filter(is_accepted=True).count(),
        visited=matched.values("child").distinct().count(),
    )


def _held(seen: QuerySet[Child], day: date) -> QuerySet[Review]:
    return Review.objects.filter(child__in=seen, held_on__lte=day).exclude(is_cancelled=True)


def lists(seen: QuerySet[Child]) -> list[Listed]:
    """Who was not heard, and who waits for an advocate, a visitor or an answer."""
    day = today()
    return [
        Listed(
            "Not heard at the last review", _unheard(seen, day), "Every child in care took part in the last review."
        ),
        Listed("Waiting for an advocate", _advocates(seen), "Nobody who wanted an advocate is without one."),
        Listed(
            "Waiting for an independent visitor", _visitors(seen, day), "Nobody who needs a visitor is without one."
        ),
        Listed("Complaints without an answer", _complaints(seen, day), "No complaint waits for its first answer."),
    ]


def _unheard(seen: QuerySet[Child], day: date) -> list[Told]:
    """Children in care who did not take part in their last review, or of whom it is not recorded, the longest first."""
    later = Review.objects.filter(child=OuterRef("child"), held_on__gt=OuterRef("held_on"), held_on__lte=day)
    last = _held(seen, day).filter(~Exists(later.exclude(is_cancelled=True)), child__in=placed(seen).values("child"))
    unheard = last.exclude(participation__in=(TOO_YOUNG, *TOOK_PART)) | last.filter(participation=None)
    return [
        Told(
            row.child,
            codes.label("participation", row.participation) if row.participation else "Not recorded",
            f"review of {words.day(row.held_on)}",
        )
        for row in unheard.select_related("child").order_by("held_on", "pk")
    ]


def _advocates(seen: QuerySet[Child]) -> list[Told]:
    found = AdvocacyOffer.objects.filter(child__in=seen, is_accepted=True, started_on=None, ended_on=None)
    return [
        Told(row.child, f"For: {codes.label('advocacy_occasion', row.occasion)}", f"since {words.day(row.offered_on)}")
        for row in found.select_related("child").order_by("offered_on", "pk")
    ]


def _visitors(seen: QuerySet[Child], day: date) -> list[Told]:
    """Of the latest decision about each child in care: one is needed, not unwanted, and there is none."""
    asked = IndependentVisitor.objects.filter(child__in=placed(seen).values("child"), considered_on__lte=day)
    later = asked.filter(child=OuterRef("child"), considered_on__gt=OuterRef("considered_on"))
    waiting = asked.filter(~Exists(later), is_needed=True, matched_on=None).exclude(is_wanted=False)
    return [
        Told(
            row.child,
            "The child wants one" if row.is_wanted else "It is not recorded whether the child wants one",
            f"since {words.day(row.considered_on)}",
        )
        for row in waiting.select_related("child").order_by("considered_on", "pk")
    ]


def _complaints(seen: QuerySet[Child], day: date) -> list[Told]:
    found = Complaint.objects.filter(child__in=seen, responded_on=None, withdrawn_on=None, final_response_on=None)
    return [
        Told(row.child, row.subject or "What it is about is not recorded", f"received {words.day(row.received_on)}")
        for row in found.filter(received_on__lte=day).select_related("child").order_by("received_on", "pk")
    ]
