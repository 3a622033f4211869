"""Keeping the child safe: missing episodes, risks, allegations, offending."""

from __future__ import annotations

from typing import ClassVar

from hearth.web.children.fields import code, day, moment, text, words, yes_no
from hearth.web.children.records import ChildRecord
from hearth.web.children.truths import in_order, known, one_open


class MissingEpisode(ChildRecord):
    """A time missing, or away without authorisation, and the return interview."""

    table: ClassVar[str] = "missing_episodes"
    kind = code("missing_type", "missing, or away without authorisation")
    started_on = day("began", required=True)
    started_at = moment("time the child went missing")
    ended_on = day("ended")
    returned_at = moment("time of return")
    is_interview_offered = yes_no("return interview offered")
    is_interview_accepted = yes_no("return interview accepted")
    interview_held_on = day("day the interview was held")
    interview_held_at = moment("time the interview was held")

    circumstances = words("what happened, where last seen, with whom")
    found = words("where and how the child was found")
    interviewer = text("who held the interview")
    interview_findings = words("what the child said at the interview")

    class Meta:
        constraints = (
            one_open(sentence="The child is already recorded as missing: end that episode first"),
            in_order("started_on", "ended_on"),
            known("kind", "missing_type"),
        )


class RiskAssessment(ChildRecord):
    """An assessment of the risk of exploitation or of going missing."""

    table: ClassVar[str] = "risk_assessments"
    kind = code("risk", "risk assessed", required=True)
    assessed_on = day("day of the assessment", required=True)
    level = code("risk_level", "level of risk found")
    panel_agreed_on = day("panel agreed that the risk has fallen from high to low")

    reasons = words("why this level")
    plan = words("what will keep the child safe")

    class Meta:
        constraints = (known("kind", "risk"), known("level", "risk_level"))


class Allegation(ChildRecord):
    """An allegation against somebody who works with or cares for the child."""

    made_on = day("made on", required=True)
    against = text("against whom: carer, staff, teacher", required=True)
    what = words("what was said")
    told_designated_officer_on = day("designated officer told")
    concluded_on = day("concluded on")
    outcome = code("allegation_outcome")
    child_told_on = day("child told of the outcome")

    class Meta:
        constraints = (in_order("made_on", "concluded_on"),)


class Conviction(ChildRecord):
    """A conviction or youth caution."""

    table: ClassVar[str] = "convictions"
    convicted_on = day("day of the offence or outcome")
    offence = text("offence in words")
