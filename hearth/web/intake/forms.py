"""What the pages of loading ask."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from hearth.tables import codes
from hearth.web.design.forms import Filter, Form
from hearth.web.intake.staging import SUFFIXES, Given


class SeveralFiles(forms.FileInput):
    """A box that takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[Given]:
        """The files, each of them checked."""
        given = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(one, initial) for one in given or [None]]


class FilesForm(Form):
    """Files of one source."""

    chosen = FilesField(
        label="Files of one source",
        help_text="All files of a return or an extract together, or one zip file of them. CSV, XML or Excel.",
        widget=SeveralFiles(attrs={"accept": ",".join(SUFFIXES)}),
        error_messages={"empty": "One of the files is empty: choose it again, or leave it out"},
    )
    authority = forms.CharField(
        label="Code of the authority",
        help_text="Whose the files are, where they do not say it themselves. For example, E10000020",
        required=False,
        max_length=20,
    )
    overwrite_owned = forms.BooleanField(
        label="Also overwrite what was recorded or corrected in Hearth",
        help_text="Leave this out for a nightly extract: what people recorded here then stands.",
        required=False,
    )

    def __init__(self, *given: Any, own: str, **named: Any) -> None:
        """``own`` is the code of the council whose record this is, "" where nothing tells it."""
        super().__init__(*given, initial={"authority": own}, **named)
        if own:
            self.fields["authority"].help_text += f". This record is of {codes.named('authority', own)}"


class BeginForm(Form):
    """The last questions before a load: those that what was found in the files gives reason to ask."""

    withdraw_many = forms.BooleanField(label="The source is whole: withdraw what it no longer has")
    of_others = forms.BooleanField(label="I know whose files these are: load them all the same")

    def __init__(self, *given: Any, preview: Mapping[str, Any], **named: Any) -> None:
        super().__init__(*given, **named)
        asked = {"withdraw_many": preview.get("many"), "of_others": preview.get("doubt")}
        for name in [name for name, is_asked in asked.items() if not is_asked]:
            del self.fields[name]


class ProblemFilter(Filter):
    """Which problems of a load are shown."""

    effect = forms.ChoiceField(label="What was done", required=False)
    about = forms.CharField(label="Child, file or words", required=False)

    def __init__(self, *given: Any, effects: list[str], **named: Any) -> None:
        super().__init__(*given, **named)
        choice = self.fields["effect"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [("", "All"), *((effect, effect.capitalize()) for effect in effects)]
