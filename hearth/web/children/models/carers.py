"""Foster carers and children's homes: not about one child, yet owed duties of their own."""

from __future__ import annotations

from typing import ClassVar

from hearth.web.children.fields import code, day, text, yes_no
from hearth.web.children.records import AuthorityRecord
from hearth.web.children.truths import in_order


class CarerRecord(AuthorityRecord):
    """A record about one fostering household."""

    carer_id = text("identifier of the household", required=True)

    class Meta:
        abstract = True


class HomeRecord(AuthorityRecord):
    """A record about one children's home."""

    home_id = text("reference of the home with the regulator", required=True)

    class Meta:
        abstract = True


class FosterCarer(CarerRecord):
    """An approval of a fostering household."""

    table: ClassVar[str] = "foster_carers"
    kind = code("foster_carer_kind", "kind of approval")
    approved_on = day("day of approval", required=True)
    ended_on = day("approval ended")
    reason_ended = text("why it ended")
    worker_id = text("supervising social worker")
    team = text()

    names = text("names of the carers")

    class Meta:
        constraints = (in_order("approved_on", "ended_on"),)


class CarerReview(CarerRecord):
    """A review of a foster carer's approval."""

    table: ClassVar[str] = "carer_reviews"
    reviewed_on = day("day of the review", required=True)
    decided_on = day("day of the decision on the terms of approval")
    is_at_panel = yes_no("went to the fostering panel")
    outcome = text()


class CarerVisit(CarerRecord):
    """A visit to a foster home by the supervising social worker."""

    table: ClassVar[str] = "carer_visits"
    visited_on = day("day of the visit", required=True)
    is_unannounced = yes_no("unannounced")


class CarerTraining(CarerRecord):
    """The training, support and development standards, completed."""

    table: ClassVar[str] = "carer_training"
    completed_on = day("day the standards were completed", required=True)

    class Meta:
        verbose_name_plural = "carer training"


class CarerConcern(CarerRecord):
    """A complaint or allegation by a foster carer or about one."""

    table: ClassVar[str] = "carer_concerns"
    kind = code("carer_concern", "kind of concern", required=True)
    received_on = day("received", required=True)
    answered_on = day("answered, or outcome decided")
    ended_on = day("withdrawn")
    outcome = text("outcome in a word")


class ChildrensHome(HomeRecord):
    """A registration of a children's home."""

    table: ClassVar[str] = "childrens_homes"
    name = text("name of the home")
    registered_on = day("registered on", required=True)
    closed_on = day("registration ended")

    class Meta:
        verbose_name = "children's home"
        constraints = (in_order("registered_on", "closed_on"),)


class HomeVisit(HomeRecord):
    """A visit of the independent person to a children's home (reg 44)."""

    table: ClassVar[str] = "home_visits"
    visited_on = day("day of the visit", required=True)
    is_unannounced = yes_no("unannounced")
    reported_on = day("day of the report")


class HomeReview(HomeRecord):
    """A review of the quality of care of a children's home (reg 45)."""

    table: ClassVar[str] = "home_reviews"
    reviewed_on = day("day of the review", required=True)
    reported_on = day("report sent to the regulator")


class BoardReport(AuthorityRecord):
    """A report to the corporate parenting board."""

    table: ClassVar[str] = "board_reports"
    kind = code("board_report", "kind of report", required=True)
    reported_on = day("day of the meeting it was given to", required=True)


class LocalOffer(AuthorityRecord):
    """A version of the local offer for care leavers."""

    table: ClassVar[str] = "local_offers"
    published_on = day("published, or reviewed and published again", required=True)
    consulted_on = day("care leavers consulted")
    version = text()
