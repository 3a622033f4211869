"""What is written about a children's home: its registration, the independent person's visits, reviews of quality."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hearth.web.carers import actions
from hearth.web.carers.forms.households import in_order
from hearth.web.carers.subjects import HOME
from hearth.web.children.models import ChildrensHome, HomeReview, HomeVisit
from hearth.web.children.sheets.asking import Sheet
from hearth.web.children.sheets.kinds import Kind, adding

BEFORE = "The report is before the {}: correct one of the days"


class NewHome(Sheet):
    """A home that comes onto the record with its registration."""

    must = ("name",)
    field_order = ("name", "home_id", "registered_on")

    class Meta(Sheet.Meta):
        model = ChildrensHome
        fields = ("name", "home_id", "registered_on")
        labels = {"home_id": "Reference with the regulator", "registered_on": "Day of registration"}
        help_texts = {"home_id": "As on the certificate, for example SC123456."}

    def clean_home_id(self) -> str:
        """Without the blanks that copying brings, in capitals as the regulator writes it."""
        return str(self.cleaned_data.get("home_id") or "").strip().upper()


class RegistrationSheet(Sheet):
    """A registration: the home's name, since when, when it ended."""

    folds = {"The home has closed": ("closed_on",)}

    class Meta(Sheet.Meta):
        model = ChildrensHome
        fields = ("name", "registered_on", "closed_on")
        labels = {"registered_on": "Day of registration", "closed_on": "Day the registration ended"}


class VisitSheet(Sheet):
    """A visit of the independent person, and the report of it."""

    must = ("is_unannounced",)
    folds = {"The report is sent": ("reported_on",)}

    class Meta(Sheet.Meta):
        model = HomeVisit
        fields = ("visited_on", "is_unannounced", "note", "reported_on")
        labels = {
            "is_unannounced": "Was it unannounced?",
            "note": "What was found",
            "reported_on": "Day the report was sent",
        }
        help_texts = {"reported_on": "The report is owed by the end of the month of the visit."}

    def check(self, answers: Mapping[str, Any]) -> None:
        """The report follows the visit."""
        in_order(self, answers, "visited_on", "reported_on", BEFORE.format("visit"))


class ReviewSheet(Sheet):
    """A review of the quality of care, and the report of it."""

    folds = {"The report is sent": ("reported_on",)}

    class Meta(Sheet.Meta):
        model = HomeReview
        fields = ("reviewed_on", "note", "reported_on")
        labels = {"note": "What was found", "reported_on": "Day the report was sent to the regulator"}

    def check(self, answers: Mapping[str, Any]) -> None:
        """The report follows the review."""
        in_order(self, answers, "reviewed_on", "reported_on", BEFORE.format("review"))


def _kind(code: str, model: Any, form: type[Sheet], words: str, done: str) -> Kind:
    return Kind(
        code=code,
        area="carers",
        model=model,
        form=form,
        words=words,
        done=done,
        action=adding(model, done[:1].lower() + done[1:], HOME),
        about=HOME,
        goes_on=True,
    )


KINDS = (
    Kind(
        code="home",
        area="carers",
        title="Add a children's home",
        words="a children's home",
        done="Children's home added",
        form=NewHome,
        action=actions.add_home,
        about=HOME,
        is_new=True,
        button="Add the home",
    ),
    _kind("home_registration", ChildrensHome, RegistrationSheet, "a registration", "Registration of the home recorded"),
    _kind("home_visit", HomeVisit, VisitSheet, "the independent person's visit", "Independent person's visit recorded"),
    _kind("home_review", HomeReview, ReviewSheet, "a review of the quality of care", "Quality of care review recorded"),
)  # fmt: skip
