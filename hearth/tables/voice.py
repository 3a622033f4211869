"""The child's own people: advocates offered, and independent visitors considered and matched."""

from __future__ import annotations

from hearth.tables.columns import code, day, text, yes_no
from hearth.tables.table import ChildTable


class AdvocacyOffers(ChildTable):
    """Offers of advocacy: and the advocate who came of it"""

    offered_on = day("Day of the offer", required=True)
    occasion = code("advocacy_occasion", "What it was offered for")
    is_accepted = yes_no("The child or young person wanted an advocate")
    advocate = text("Name or service of the advocate")
    started_on = day("Advocate began")
    ended_on = day("Advocate finished")


class IndependentVisitors(ChildTable):
    """Independent visitors: whether one is needed, and the match"""

    considered_on = day("Day of the decision whether one is needed", required=True)
    is_needed = yes_no("One is in the child's interests")
    is_wanted = yes_no("The child wants one; false when the child objects")
    matched_on = day("Matched with a visitor")
    ended_on = day("Visitor stopped")
