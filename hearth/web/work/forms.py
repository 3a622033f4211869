"""What a worklist may be narrowed by."""

from __future__ import annotations

from django import forms

from hearth.web.design.forms import Filter
from hearth.web.work.grouping import BY

WHOSE = {"mine": "What is mine to do", "all": "Everything owed to them"}
WITHIN = {
    "28": "In the next four weeks",
    "14": "In the next two weeks",
    "all": "Whenever it is due",
    "0": "Overdue only",
}


class Narrowing(Filter):
    """How the list is grouped, whose duties it holds and how far ahead it looks; each has a default."""

    by = forms.ChoiceField(label="Group by", choices=list(BY.items()), required=False)
    whose = forms.ChoiceField(label="Show", choices=list(WHOSE.items()), required=False)
    within = forms.ChoiceField(label="Due", choices=list(WITHIN.items()), required=False)

    def chosen(self, name: str, default: str) -> str:
        """The choice made, or the default where none was made or it is none of the choices."""
        return str(self.cleaned_data.get(name) or default) if self.is_valid() else default
