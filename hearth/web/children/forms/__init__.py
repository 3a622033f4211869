"""What is written about the child and the care, kind by kind."""

from hearth.web.children.forms.visiting import VISIT

KINDS = (VISIT,)

__all__ = ["KINDS"]
