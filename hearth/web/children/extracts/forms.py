"""The questions asked when an extract is begun, and when a file is made of it."""

from __future__ import annotations

from typing import Any

from django import forms

from hearth.web.children.models import Child, Extract
from hearth.web.design.fields import CodeField
from hearth.web.design.forms import Form


class ExtractForm(Form):
    """What the extract is called and what it is for; the earlier one that it follows, where there is one."""

    title = forms.CharField(label="Title", max_length=200, help_text="For example, Chronology for the final hearing")
    purpose = CodeField("extract_purpose", label="What is it for?")
    follows = forms.ModelChoiceField(
        Extract.objects.none(), label="Does it follow an earlier one?", required=False, empty_label="No"
    )
    note = forms.CharField(
        label="What the reader should know",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Stands at the head of the document: which period it covers, what was left out.",
    )

    def __init__(self, *given: Any, child: Child, **named: Any) -> None:
        super().__init__(*given, **named)
        earlier = Extract.objects.filter(child=child).exclude(locked_at=None).order_by("-locked_at")
        field = self.fields["follows"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = earlier
        if not earlier.exists():
            del self.fields["follows"]


class FileForm(Form):
    """Who is given the extract as a file, why, and which kind of file."""

    for_whom = forms.CharField(
        label="Who is it for?", max_length=200, help_text="For example, Bradford Family Court, or the child's guardian"
    )
    why = forms.CharField(
        label="Why do they need it?", max_length=200, help_text="For example, directions of 3 March 2026"
    )
    kind = CodeField("paper_kind", label="Which kind of file?")
