"""The authority as corporate parent: what it reports to its board and publishes for care leavers."""

from __future__ import annotations

from hearth.tables.columns import code, day, text
from hearth.tables.table import AuthorityTable


class BoardReports(AuthorityTable):
    """Reports to the corporate parenting board"""

    kind = code("board_report", "Kind of report", required=True)
    reported_on = day("Day of the meeting it was given to", required=True)


class LocalOffers(AuthorityTable):
    """Local offers for care leavers: one row for each version published"""

    published_on = day("Published, or reviewed and published again", required=True)
    consulted_on = day("Care leavers consulted")
    version = text("Version")
