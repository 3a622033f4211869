"""What many duties share: acts, requests, arrangements and complaints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from hearth.web.children.fields import code, day, text, words, yes_no
from hearth.web.children.records import ChildRecord
from hearth.web.children.truths import in_order


class CaseAction(ChildRecord):
    """A decision, approval, notice, check or offer."""

    table: ClassVar[str] = "case_actions"
    told_by: ClassVar[str] = "kind"
    told_if_so: ClassVar[Sequence[str]] = ("is_refused",)
    kind = code("case_action", "what was done", required=True)
    done_on = day("done on", required=True)
    answers_on = day("day of the event it answers")
    is_refused = yes_no("declined by the child or young person")
    outcome = text()


class Request(ChildRecord):
    """What was asked or happened, and how it was answered."""

    table: ClassVar[str] = "requests"
    told_by: ClassVar[str] = "kind"
    kind = code("request", "what was asked or happened", required=True)
    raised_on = day("received or happened on", required=True)
    promised_on = day("day set for it")
    extended_on = day("time to answer extended on")
    answered_on = day("answered on")
    ended_on = day("withdrawn, closed or overtaken on")


class Arrangement(ChildRecord):
    """What held for a child between two days and brings duties with it."""

    table: ClassVar[str] = "arrangements"
    told_by: ClassVar[str] = "kind"
    kind = code("arrangement", "what was arranged", required=True)
    started_on = day("from", required=True)
    ended_on = day("to")

    class Meta:
        constraints = (in_order("started_on", "ended_on"),)


class Complaint(ChildRecord):
    """A complaint or representation by or for the child, with the days of its three stages."""

    table: ClassVar[str] = "complaints"
    complaint_id = text("identifier of the complaint")
    grounds_on = day("grounds arose")
    received_on = day("received", required=True)
    extended_on = day("stage 1 extended")
    responded_on = day("stage 1 answered in writing")
    stage2_requested_on = day("stage 2 asked for")
    stage2_extended_on = day("stage 2 extended")
    adjudicated_on = day("stage 2 adjudication sent")
    stage3_requested_on = day("review panel asked for")
    panel_on = day("review panel met")
    panel_reported_on = day("report of the panel sent")
    final_response_on = day("final response sent")
    withdrawn_on = day("withdrawn or settled")

    subject = words("what it is about, in the words of the child or who speaks for them")
    outcome = words("what came of it")
