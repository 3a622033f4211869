"""What is written about the child and the care, kind by kind."""

from hearth.web.children.forms import (
    allocating,
    caring,
    court,
    deciding,
    family,
    identity,
    people,
    planning,
    reviewing,
    steps,
)
from hearth.web.children.forms.visiting import VISIT

KINDS = (
    VISIT,
    *reviewing.KINDS,
    *planning.KINDS,
    *caring.KINDS,
    *deciding.KINDS,
    *court.KINDS,
    *allocating.KINDS,
    *identity.KINDS,
    *people.KINDS,
    *family.KINDS,
    *steps.KINDS,
)

__all__ = ["KINDS"]
