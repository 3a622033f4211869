"""Complaints about services to a child: one row each, with the days of its three stages."""

from __future__ import annotations

from hearth.tables.columns import day, text
from hearth.tables.table import ChildTable


class Complaints(ChildTable):
    """Complaints and representations: by or for a child in care or a care leaver"""

    complaint_id = text("Identifier of the complaint")
    grounds_on = day("Day the grounds arose")
    received_on = day("Received", required=True)
    extended_on = day("Stage 1 extended: a complex complaint, or an advocate needed")
    responded_on = day("Stage 1 answered in writing")
    stage2_requested_on = day("Stage 2 asked for")
    stage2_extended_on = day("Stage 2 extended")
    adjudicated_on = day("Stage 2 adjudication sent")
    stage3_requested_on = day("Review panel asked for")
    panel_on = day("Review panel met")
    panel_reported_on = day("Report of the panel sent to the authority")
    final_response_on = day("Final response of the authority sent")
    withdrawn_on = day("Withdrawn, or settled between stages")
