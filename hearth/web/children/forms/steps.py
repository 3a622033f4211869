"""Steps of the work that have no form of their own; what was asked for; what was arranged."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hearth.web.children.models import Arrangement, CaseAction, Request
from hearth.web.children.sheets.asking import Sheet
from hearth.web.children.sheets.kinds import Kind, adding


class StepSheet(Sheet):
    """What was done, when, and what it answers."""

    folds = {"It answers something that happened on another day": ("answers_on",)}

    class Meta(Sheet.Meta):
        model = CaseAction
        fields = ("kind", "done_on", "is_refused", "outcome", "note", "answers_on")
        labels = {"is_refused": "Did the child or young person decline?"}


class RequestSheet(Sheet):
    """What was asked for or happened, and the answer."""

    ahead = ("promised_on",)
    folds = {
        "A day was set, or it is answered or closed already": ("promised_on", "extended_on", "answered_on", "ended_on")
    }

    class Meta(Sheet.Meta):
        model = Request
        fields = ("kind", "raised_on", "note", "promised_on", "extended_on", "answered_on", "ended_on")

    def check(self, answers: Mapping[str, Any]) -> None:
        """An answer follows what it answers."""
        raised = answers.get("raised_on")
        for name in ("extended_on", "answered_on", "ended_on"):
            if raised and answers.get(name) and answers[name] < raised:
                self.add_error(name, f"{self.fields[name].label} is before it was received: correct one of the days")


class ArrangementSheet(Sheet):
    """What was arranged, from when to when."""

    folds = {"It has ended": ("ended_on",)}

    class Meta(Sheet.Meta):
        model = Arrangement
        fields = ("kind", "started_on", "note", "ended_on")


KINDS = (
    Kind(
        code="step",
        area="care",
        words="a step of the work",
        done="Step recorded",
        form=StepSheet,
        action=adding(CaseAction, "step recorded"),
        model=CaseAction,
        per_child=("is_refused", "outcome", "note"),
    ),
    Kind(
        code="request",
        area="care",
        words="a request or event",
        done="Request recorded",
        form=RequestSheet,
        action=adding(Request, "request recorded"),
        model=Request,
        goes_on=True,
        per_child=("note",),
    ),
    Kind(
        code="arrangement",
        area="care",
        words="an arrangement",
        done="Arrangement recorded",
        form=ArrangementSheet,
        action=adding(Arrangement, "arrangement recorded"),
        model=Arrangement,
        goes_on=True,
        per_child=("note",),
    ),
)
