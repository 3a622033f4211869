"""What a worklist may be narrowed by."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django import forms
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from hearth.web.design.forms import Filter
from hearth.web.work.grouping import BY

WHOSE = {"mine": "What is mine to do", "all": "Everything owed to them"}
WEEKS_AHEAD = "28"
WITHIN = {
    WEEKS_AHEAD: "In the next four weeks",
    "14": "In the next two weeks",
    "all": "Whenever it is due",
    "0": "Overdue only",
}
MOST_KEPT = 200


class Narrowing(Filter):
    """How the list is grouped, whose duties it holds and how far ahead it looks; each has a default."""

    by = forms.ChoiceField(label="Group by", choices=list(BY.items()), required=False)
    whose = forms.ChoiceField(label="Show", choices=list(WHOSE.items()), required=False)
    within = forms.ChoiceField(label="Due", choices=list(WITHIN.items()), required=False)

    def chosen(self, name: str, default: str) -> str:
        """The choice made, or the default where none was made or it is none of the choices."""
        return str(self.cleaned_data.get(name) or default) if self.is_valid() else default


@dataclass(frozen=True)
class Narrowed:
    """What was chosen, by code, and the form as it stands above the list."""

    by: str
    whose: str
    within: str
    form: SafeString


def narrowed(asked: QueryDict) -> Narrowed:
    """What an address asks for. The few answers that there are, the same for everybody, are kept."""
    return _narrowed(tuple((name, asked[name]) for name in Narrowing.base_fields if name in asked) if asked else None)


@lru_cache(maxsize=MOST_KEPT)
def _narrowed(given: tuple[tuple[str, str], ...] | None) -> Narrowed:
    form = Narrowing(None if given is None else dict(given))
    shown = render_to_string("components/filter.html", {"form": form, "heading": "Group and narrow this list"})
    by, whose, within = form.chosen("by", "day"), form.chosen("whose", "mine"), form.chosen("within", WEEKS_AHEAD)
    return Narrowed(by, whose, within, shown)
