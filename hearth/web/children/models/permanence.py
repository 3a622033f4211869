"""Plans for the child: care plans, permanence, matches, adoption."""

from __future__ import annotations

from typing import ClassVar

from hearth.web.children.fields import code, day, text, words, yes_no
from hearth.web.children.records import ChildRecord
from hearth.web.children.truths import in_order


class CarePlan(ChildRecord):
    """A version of the child's care plan."""

    table: ClassVar[str] = "care_plans"
    started_on = day("in force from", required=True)
    ended_on = day("in force to")
    plan = words("the plan, written to the child")

    class Meta:
        constraints = (in_order("started_on", "ended_on"),)


class PermanencePlan(ChildRecord):
    """An aim of the child's plan for permanence."""

    table: ClassVar[str] = "permanence_plans"
    recorded_on = day("recorded on", required=True)
    ended_on = day("in force to")
    option = code("permanence_option", "aim", required=True)

    class Meta:
        constraints = (in_order("recorded_on", "ended_on"),)


class LongTermMatch(ChildRecord):
    """A formal match with long-term carers."""

    table: ClassVar[str] = "long_term_matches"
    matched_on = day("match agreed on", required=True)

    class Meta:
        verbose_name = "long-term match"
        verbose_name_plural = "long-term matches"


class Adoption(ChildRecord):
    """The dates of an adoption: one row for each decision that the child should be placed."""

    table: ClassVar[str] = "adoptions"
    decided_on = day("agency decision that the child should be placed")
    placement_order_on = day("placement order made")
    matched_on = day("matched with adopters")
    placed_on = day("placed with adopters")
    fostered_by_adopters_on = day("first placed as a foster child with the carers who adopt")
    ordered_on = day("adoption order made")
    reversed_on = day("decision reversed")
    reason_reversed = code("adoption_decision_reversed", "why it was reversed")
    is_by_foster_carer = yes_no("adopted by the former foster carer")
    number_of_adopters = text("number of adopters")
    sex_of_adopters = code("adopter_sex")
    legal_status_of_adopters = code("adopter_legal_status")
    order_kind = text("kind of order")
