"""What came before care: referrals, plans, pre-proceedings, proceedings, earlier permanence."""

from __future__ import annotations

from typing import ClassVar

from hearth.web.children.fields import code, day, text
from hearth.web.children.records import ChildRecord
from hearth.web.children.truths import in_order, known


class Referral(ChildRecord):
    """A referral and its episode of need."""

    table: ClassVar[str] = "referrals"
    referral_id = text("identifier of the referral")
    referred_on = day(required=True)
    ended_on = day("closed on")
    reason_ended = text("why closed")

    class Meta:
        constraints = (in_order("referred_on", "ended_on"),)


class EarlierPlan(ChildRecord):
    """A child in need, child protection or family support plan."""

    table: ClassVar[str] = "earlier_plans"
    kind = code("earlier_plan", required=True)
    started_on = day("from", required=True)
    ended_on = day("to")

    class Meta:
        constraints = (in_order("started_on", "ended_on"), known("kind", "earlier_plan"))


class PreProceedings(ChildRecord):
    """Work before care proceedings."""

    table: ClassVar[str] = "pre_proceedings"
    decided_on = day("decision to enter pre-proceedings")
    letter_on = day("letter before proceedings sent")
    met_on = day("first meeting")
    ended_on = day("agreed to step down or to issue")
    outcome = text()
    issued_letter_on = day("letter of intention to issue sent")

    class Meta:
        verbose_name = "pre-proceedings"
        verbose_name_plural = "pre-proceedings"


class Proceedings(ChildRecord):
    """The court dates of care proceedings."""

    table: ClassVar[str] = "proceedings"
    case_id = text("case: siblings in one application share it")
    issued_on = day("application issued", required=True)
    concluded_on = day("final order made")
    outcome = text()

    class Meta:
        verbose_name_plural = "proceedings"
        constraints = (in_order("issued_on", "concluded_on"),)


class PreviousPermanence(ChildRecord):
    """An earlier permanence arrangement of a child who started to be looked after."""

    table: ClassVar[str] = "previous_permanence"
    option = code("previous_permanence", "kind of earlier arrangement")
    arranged_by = text("authority that arranged it")
    ordered_on_text = text("day of the order as given")

    class Meta:
        verbose_name_plural = "previous permanence"
