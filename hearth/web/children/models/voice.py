"""The child's own people: advocates offered, independent visitors considered and matched."""

from __future__ import annotations

from typing import ClassVar

from hearth.web.children.fields import code, day, text, yes_no
from hearth.web.children.records import ChildRecord
from hearth.web.children.truths import in_order


class AdvocacyOffer(ChildRecord):
    """An offer of advocacy, and the advocate who came of it."""

    table: ClassVar[str] = "advocacy_offers"
    offered_on = day("day of the offer", required=True)
    occasion = code("advocacy_occasion", "what it was offered for")
    is_accepted = yes_no("the child or young person wanted an advocate")
    advocate = text("name or service of the advocate")
    started_on = day("advocate began")
    ended_on = day("advocate finished")

    class Meta:
        verbose_name = "offer of advocacy"
        verbose_name_plural = "offers of advocacy"
        constraints = (in_order("started_on", "ended_on"),)


class IndependentVisitor(ChildRecord):
    """Whether an independent visitor is needed, and the match."""

    table: ClassVar[str] = "independent_visitors"
    considered_on = day("day of the decision whether one is needed", required=True)
    is_needed = yes_no("one is in the child's interests")
    is_wanted = yes_no("the child wants one")
    matched_on = day("matched with a visitor")
    ended_on = day("visitor stopped")

    visitor = text("name of the visitor")

    class Meta:
        constraints = (in_order("matched_on", "ended_on"),)
