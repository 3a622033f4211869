"""Court, adoption and immigration: what begins on a day and is brought up to date step by step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from hearth.web.children.models import Adoption, Hearing, ImmigrationStatus, PreProceedings, Proceedings
from hearth.web.children.sheets.asking import Sheet
from hearth.web.children.sheets.kinds import Kind, adding


class Steps(Sheet):
    """Steps that follow one another; ``begins`` is the first of them."""

    begins: ClassVar[str] = ""

    def check(self, answers: Mapping[str, Any]) -> None:
        """No step lies before the first."""
        first = answers.get(self.begins)
        if first:
            for name, value in list(answers.items()):
                if name.endswith("_on") and value and value < first:
                    begins = str(self.fields[self.begins].label).lower()
                    self.add_error(name, f"{self.fields[name].label} is before {begins}")


class PreProceedingsSheet(Steps):
    """Work before care proceedings, from the decision to its end."""

    begins = "decided_on"
    must = ("decided_on",)

    class Meta(Sheet.Meta):
        model = PreProceedings
        fields = ("decided_on", "letter_on", "met_on", "ended_on", "outcome", "issued_letter_on", "note")


class ProceedingsSheet(Steps):
    """Care proceedings, from the application to the final order."""

    begins = "issued_on"

    class Meta(Sheet.Meta):
        model = Proceedings
        fields = ("issued_on", "case_id", "concluded_on", "outcome", "note")
        labels = {"case_id": "Case number"}


class HearingSheet(Sheet):
    """A hearing, and whether the timetable was extended."""

    class Meta(Sheet.Meta):
        model = Hearing
        fields = ("heard_on", "kind", "case_id", "is_extended", "note")
        labels = {
            "case_id": "Case number",
            "is_extended": "Was the timetable of the proceedings extended?",
        }


class AdoptionSheet(Steps):
    """The days of an adoption, from the decision that the child should be placed."""

    begins = "decided_on"
    must = ("decided_on",)
    folds = {
        "The decision was reversed": ("reversed_on", "reason_reversed"),
        "Who adopts": (
            "is_by_foster_carer", "number_of_adopters", "sex_of_adopters", "legal_status_of_adopters",
            "fostered_by_adopters_on",
        ),
    }  # fmt: skip

    def check(self, answers: Mapping[str, Any]) -> None:
        """No step lies before the decision, save that the adopters may have fostered the child before."""
        super().check({name: value for name, value in answers.items() if name != "fostered_by_adopters_on"})

    class Meta(Sheet.Meta):
        model = Adoption
        fields = (
            "decided_on", "placement_order_on", "matched_on", "placed_on", "ordered_on", "note", "reversed_on",
            "reason_reversed", "is_by_foster_carer", "number_of_adopters", "sex_of_adopters",
            "legal_status_of_adopters", "fostered_by_adopters_on",
        )  # fmt: skip
        labels = {"is_by_foster_carer": "Is it the foster carer who adopts?"}


class ImmigrationSheet(Sheet):
    """Leave to remain: until when, and what was applied for."""

    must = ("status",)
    ahead = ("leave_expires_on",)
    folds = {"It has ended": ("ended_on",)}

    class Meta(Sheet.Meta):
        model = ImmigrationStatus
        fields = ("status", "started_on", "leave_expires_on", "applied_on", "note", "ended_on")


def _kind(code: str, words: str, done: str, form: type[Sheet], model: Any, **more: Any) -> Kind:
    return Kind(
        code=code,
        area="care",
        words=words,
        done=f"{done} recorded",
        form=form,
        action=adding(model, f"{done[:1].lower()}{done[1:]} recorded"),
        model=model,
        goes_on=True,
        **more,
    )


KINDS = (
    _kind("pre_proceedings", "pre-proceedings", "Pre-proceedings", PreProceedingsSheet, PreProceedings, per_child=()),
    _kind("proceedings", "care proceedings", "Care proceedings", ProceedingsSheet, Proceedings, per_child=()),
    _kind("hearing", "a hearing", "Hearing", HearingSheet, Hearing, per_child=("note",)),
    _kind("adoption", "an adoption", "Adoption", AdoptionSheet, Adoption),
    _kind("immigration", "immigration status", "Immigration status", ImmigrationSheet, ImmigrationStatus),
)
