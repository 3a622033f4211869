"""Participation: how children took part in their reviews, who was not heard, advocates, visitors and complaints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from hearth.measures.populations_contact import TOO_YOUNG, TOOK_PART
from hearth.tables import codes
from hearth.web.access.models import User
from hearth.web.access.roles import Role
from hearth.web.children.models import AdvocacyOffer, Complaint, IndependentVisitor, Review
from hearth.web.config.today import today
from hearth.web.design import words
from hearth.web.work.areas.placements import placed
from hearth.web.work.areas.told import Listed, Owing, Row, Said, owed_by_child, owing, seen_of

PAGE, LIST = "participation", "participation_list"
YEAR = timedelta(days=365)
UNSAID = "none"
"""Stands in an address for a way of taking part that is not recorded."""


@dataclass(frozen=True)
class Part:
    """One way of taking part, or none, with its reviews; ``has_part`` None: too young, or not known."""

    words: str
    reviews: Listed
    has_part: bool | None


@dataclass(frozen=True)
class Voice:
    """The page: the reviews of a year by way of taking part, those a child chaired, advocates and visitors, lists."""

    reviews: Listed
    parts: Sequence[Part]
    chaired: Listed
    offered: Listed
    wanted: Listed
    visited: Listed
    lists: Sequence[Listed]
    owed: Owing
    seen: frozenset[int]

    @property
    def tiles(self) -> list[tuple[Listed, str]]:
        """The numbers at the head of the page, in words."""
        return [
            (self.reviews, f"{'review' if len(self.reviews) == 1 else 'reviews'} in 12 months"),
            (self.chaired, "chaired by the child"),
            (self.lists[0], "not heard at the last review"),
            (self.offered, f"{'advocate' if len(self.offered) == 1 else 'advocates'} offered"),
            (self.wanted, "wanted the advocate offered"),
            (self.visited, f"in care {'has' if len(self.visited) == 1 else 'have'} an independent visitor"),
        ]

    @property
    def every(self) -> Mapping[str, Listed]:
        """Each list of the page by its code."""
        parts = (part.reviews for part in self.parts)
        whole = (self.reviews, self.chaired, self.offered, self.wanted, self.visited)
        return {one.code: one for one in (*whole, *parts, *self.lists)}


def voice(user: User) -> Voice:
    """What the person sees on the page: every row is asked for once, and who of them may be seen once."""
    day = today()
    whole = [_reviews(day), _offers(day), _visited(day), *_lists(day)]
    owed = owed_by_child(Role.PARTICIPATION)
    seen = seen_of(user, PAGE, [*(one.found for one in whole), owed])
    reviews, offered, visited, *lists = (one.among(seen) for one in whole)
    return Voice(
        reviews=reviews,
        parts=_parts(reviews),
        chaired=reviews.only("chaired", "Chaired by the child", lambda _on, _code, is_chaired: is_chaired is True),
        offered=offered,
        wanted=offered.only("wanted", "Wanted the advocate offered", lambda _on, _for, is_wanted: is_wanted is True),
        visited=visited,
        lists=lists,
        owed=owing(Role.PARTICIPATION, LIST, user, owed, seen),
        seen=seen,
    )


def _held(day: date) -> QuerySet[Review]:
    return Review.objects.filter(held_on__lte=day).exclude(is_cancelled=True)


def _reviews(day: date) -> Listed:
    rows = _held(day).filter(held_on__gt=day - YEAR).order_by("-held_on", "pk")
    found = list(rows.values_list("child_id", "held_on", "participation", "is_chaired_by_child"))
    return Listed(LIST, "reviews", "Reviews in 12 months", found, _say_review, counted="review,reviews")


def _say_review(on: date, code: str | None, is_chaired: bool | None) -> Said:
    how = codes.label("participation", code) if code else "How the child took part was not recorded"
    return Said(f"{how}; chaired by the child" if is_chaired else how, words.day(on), on=on)


def _parts(reviews: Listed) -> list[Part]:
    """The reviews by way of taking part, in the order of the code list; last those of which it was not recorded."""
    known = list(codes.load("participation"))
    made = [_part(reviews, code, f"{code}: {codes.label('participation', code)}") for code in known]
    unsaid = reviews.only(
        f"reviews-{UNSAID}", "How the child took part was not recorded", lambda _on, code, _: code not in known
    )
    return [*(part for part in made if part.reviews), *([Part(unsaid.heading, unsaid, None)] if unsaid else [])]


def _part(reviews: Listed, code: str, said: str) -> Part:
    rows = reviews.only(f"reviews-{code}", said, lambda _on, each, _: each == code)
    return Part(said, rows, None if code == TOO_YOUNG else code in TOOK_PART)


def _offers(day: date) -> Listed:
    rows = AdvocacyOffer.objects.filter(offered_on__gt=day - YEAR, offered_on__lte=day).order_by("-offered_on", "pk")
    found = list(rows.values_list("child_id", "offered_on", "occasion", "is_accepted"))
    return Listed(LIST, "offered", "Advocates offered in 12 months", found, _say_offer, counted="offer,offers")


def _say_offer(on: date, occasion: str | None, is_wanted: bool | None) -> Said:
    answer = {True: "wanted", False: "not wanted", None: "answer not recorded"}[is_wanted]
    return Said(f"For: {codes.label('advocacy_occasion', occasion)}; {answer}", words.day(on), on=on)


def _visited(day: date) -> Listed:
    """Children in care who have an independent visitor, each once."""
    matched = IndependentVisitor.objects.filter(
        Q(ended_on=None) | Q(ended_on__gt=day), child__in=placed().order_by().values("child"), matched_on__lte=day
    )
    latest = dict(matched.order_by("matched_on", "pk").values_list("child_id", "matched_on"))
    return Listed(LIST, "visited", "In care, with an independent visitor", list(latest.items()), _say_since)


def _say_since(on: date) -> Said:
    return Said("Independent visitor", f"since {words.day(on)}", on=on)


def _lists(day: date) -> list[Listed]:
    """Who was not heard, and who waits for an advocate, a visitor or an answer."""
    return [
        Listed(
            LIST, "unheard", "Not heard at the last review", _unheard(day), _say_unheard,
            "Every child in care took part in the last review.",
        ),
        Listed(
            LIST, "advocate", "Waiting for an advocate", _advocates(), _say_advocate,
            "Nobody who wanted an advocate is without one.", counted="offer,offers",
        ),
        Listed(
            LIST, "visitor", "Waiting for an independent visitor", _visitors(day), _say_visitor,
            "Nobody who needs a visitor is without one.",
        ),
        Listed(
            LIST, "complaints", "Complaints without an answer", _complaints(day), _say_complaint,
            "No complaint waits for its first answer.", counted="complaint,complaints",
        ),
    ]  # fmt: skip


def _unheard(day: date) -> list[Row]:
    """Children in care who did not take part in their last review, or of whom it is not recorded, the longest first."""
    last = _held(day).filter(child=OuterRef("child")).order_by("-held_on", "-pk").values("pk")[:1]
    newest = placed().order_by().annotate(last=Subquery(last)).values("last")
    rows = Review.objects.filter(Q(participation=None) | ~Q(participation__in=(TOO_YOUNG, *TOOK_PART)), pk__in=newest)
    return list(rows.order_by("held_on", "pk").values_list("child_id", "participation", "held_on"))


def _say_unheard(code: str | None, on: date) -> Said:
    return Said(codes.label("participation", code) if code else "Not recorded", f"review of {words.day(on)}", on=on)


def _advocates() -> list[Row]:
    found = AdvocacyOffer.objects.filter(is_accepted=True, started_on=None, ended_on=None).order_by("offered_on", "pk")
    return list(found.values_list("child_id", "occasion", "offered_on"))


def _say_advocate(occasion: str | None, on: date) -> Said:
    return Said(f"For: {codes.label('advocacy_occasion', occasion)}", f"since {words.day(on)}", on=on)


def _visitors(day: date) -> list[Row]:
    """Of the latest decision about each child in care: one is needed, not unwanted, and there is none."""
    decided = IndependentVisitor.objects.filter(considered_on__lte=day)
    later = decided.filter(child=OuterRef("child"), considered_on__gt=OuterRef("considered_on"))
    in_care = decided.filter(child__in=placed().order_by().values("child"))
    waiting = in_care.filter(~Exists(later), is_needed=True, matched_on=None).exclude(is_wanted=False)
    return list(waiting.order_by("considered_on", "pk").values_list("child_id", "is_wanted", "considered_on"))


def _say_visitor(is_wanted: bool | None, on: date) -> Said:
    what = "The child wants one" if is_wanted else "It is not recorded whether the child wants one"
    return Said(what, f"since {words.day(on)}", on=on)


def _complaints(day: date) -> list[Row]:
    found = Complaint.objects.filter(responded_on=None, withdrawn_on=None, final_response_on=None)
    rows = found.filter(received_on__lte=day).order_by("received_on", "pk")
    return list(rows.values_list("child_id", "subject", "received_on"))


def _say_complaint(subject: str | None, on: date) -> Said:
    return Said(subject or "What it is about is not recorded", f"received {words.day(on)}", on=on)
