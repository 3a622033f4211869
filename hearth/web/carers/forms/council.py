"""What is written about the council as corporate parent: reports to its board, the local offer for care leavers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hearth.web.carers.subjects import COUNCIL
from hearth.web.children.models import BoardReport, LocalOffer
from hearth.web.children.sheets.asking import Sheet
from hearth.web.children.sheets.kinds import Kind, adding


class ReportSheet(Sheet):
    """A report given to a meeting of the board."""

    field_order = ("kind", "reported_on")

    class Meta(Sheet.Meta):
        model = BoardReport
        fields = ("kind", "reported_on", "note")
        labels = {"kind": "Which report?", "reported_on": "Day of the meeting", "note": "What the board said"}


class OfferSheet(Sheet):
    """A version of the local offer, published."""

    class Meta(Sheet.Meta):
        model = LocalOffer
        fields = ("published_on", "consulted_on", "version", "note")
        labels = {
            "published_on": "Day it was published, or reviewed and published again",
            "consulted_on": "Day care leavers were asked about it",
            "note": "What changed",
        }

    def check(self, answers: Mapping[str, Any]) -> None:
        """Care leavers are asked before it is published."""
        asked, published = answers.get("consulted_on"), answers.get("published_on")
        if asked and published and asked > published:
            self.add_error("consulted_on", "Care leavers are asked before it is published: correct one of the days")


KINDS = (
    Kind(
        code="board_report",
        area="carers",
        words="a report to the board",
        done="Report to the board recorded",
        form=ReportSheet,
        action=adding(BoardReport, "report to the board recorded", COUNCIL),
        model=BoardReport,
        about=COUNCIL,
    ),
    Kind(
        code="local_offer",
        area="carers",
        words="a local offer",
        done="Local offer recorded",
        form=OfferSheet,
        action=adding(LocalOffer, "local offer recorded", COUNCIL),
        model=LocalOffer,
        about=COUNCIL,
        goes_on=True,
    ),
)
