"""Children's homes: their registration, the independent person's visits and the reviews of the quality of care."""

from __future__ import annotations

from hearth.tables.columns import day, text, yes_no
from hearth.tables.table import HomeTable


class ChildrensHomes(HomeTable):
    """Children's homes: one row for each registration"""

    name = text("Name of the home")
    registered_on = day("Registered on", required=True)
    closed_on = day("Registration ended; null while it holds")


class HomeVisits(HomeTable):
    """Visits of the independent person to children's homes (reg 44)"""

    visited_on = day("Day of the visit", required=True)
    is_unannounced = yes_no("Unannounced")
    reported_on = day("Day of the report")


class HomeReviews(HomeTable):
    """Reviews of the quality of care of children's homes (reg 45)"""

    reviewed_on = day("Day of the review", required=True)
    reported_on = day("Report sent to the regulator")
