"""The form of a record about one child: questions from its columns, checks in words, facts for the action."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms.boundfield import BoundField
from django.forms.utils import ErrorDict

from hearth.tables import codes
from hearth.web.children.models import Child
from hearth.web.children.sheets import conditions
from hearth.web.children.sheets.questions import question
from hearth.web.children.sheets.typed import whole
from hearth.web.design.fields import CodeField, DayField
from hearth.web.design.forms import Form, ModelForm, unanswered
from hearth.web.design.words import day

WHY = "why_corrected"
MOST_ROWS = 30


class Row(Form):
    """One line of a list within a sheet, such as a decision of a review; a line left blank is no line."""

    @property
    def is_blank(self) -> bool:
        """Whether nothing was written in the line."""
        return not self.has_changed()


class Sheet(ModelForm):
    """A form about one child, or about ``subject`` where that is no child.

    ``must``: questions that need an answer though the column may be unknown. ``ahead``: days that may be to come.
    ``before_birth``: days that may lie before the child was born. ``prompts``: ways to begin, written to the child.
    ``lists``: lists of lines, by name, with their words. ``times``: the time of day of a day, by its column, with the
    column of the day. ``only_if``: questions asked only after a certain answer. ``folds``: questions that few need,
    folded away under words that say what they are. ``moving``: days of the last time, which move on without a reason.
    """

    must: ClassVar[Sequence[str]] = ()
    ahead: ClassVar[Sequence[str]] = ()
    before_birth: ClassVar[Sequence[str]] = ()
    prompts: ClassVar[Sequence[str]] = ()
    lists: ClassVar[Mapping[str, tuple[str, type[Row]]]] = {}
    times: ClassVar[Mapping[str, str]] = {}
    only_if: ClassVar[conditions.Conditions] = {}
    folds: ClassVar[Mapping[str, Sequence[str]]] = {}
    moving: ClassVar[Sequence[str]] = ()
    goes_on = False
    told_of: Sequence[Child] = ()
    """Children of whom what is wrong with the answers tells that they are on the record: that stands in their logs."""

    class Meta:
        formfield_callback = question

    def __init__(self, *given: Any, subject: Any, **named: Any) -> None:
        self.subject = subject
        self.child = subject if isinstance(subject, Child) else None
        super().__init__(*given, **named)
        for name in self.must:
            self._need(name)
        for name in self.ahead:
            self._day(name).is_past = False
        if self.is_correction:
            self._offer_what_stands()
            self.fields[WHY] = forms.CharField(
                label="Why is it corrected?",
                help_text="The reason is kept with the earlier version.",
                widget=forms.Textarea(attrs={"rows": 2}),
            )
            self._stood = {name: getattr(self.instance, name, None) for name in self.fields}
        conditions.arrange(self)
        self._show_days()
        self.rows = {} if self.is_correction else {name: self._lines(name) for name in self.lists}
        for field in self.fields.values():
            if field.error_messages["required"] in (forms.Field.default_error_messages["required"], ""):
                field.error_messages["required"] = unanswered(field)

    @classmethod
    def table_of(cls) -> str:
        """The table whose columns the form asks for; empty where there is none."""
        return getattr(cls._meta.model, "table", "")

    def _offer_what_stands(self) -> None:
        """A code no longer in use may stay in a row that has it."""
        for name, field in self.fields.items():
            value = getattr(self.instance, name, None)
            if isinstance(field, CodeField) and value and not field.valid_value(value):
                offered: Any = field.choices
                field.choices = [*offered, (value, codes.label(field.list_name, value))]

    @property
    def is_correction(self) -> bool:
        """Whether a row of the record is corrected, not a new one made."""
        return self.instance.pk is not None

    def _need(self, name: str) -> None:
        field = self.fields[name]
        if isinstance(field, CodeField):
            field.need()
        field.required = True

    def _show_days(self) -> None:
        """One example of a day is enough; the first day, where it is past, is offered with a press of a button."""
        days = [field for field in self.fields.values() if isinstance(field, DayField)]
        for day_asked in days[1:]:
            day_asked.help_text = ""
        if days and days[0].is_past:
            days[0].widget.is_quick = not self.is_correction

    def top(self, names: Iterable[str]) -> list[BoundField]:
        """The questions of these that are not shown under the answer to another."""
        under = {name for name, _ in conditions.of(self)}
        return [self[name] for name in names if name in self.fields and name not in under]

    def _day(self, name: str) -> DayField:
        field = self.fields[name]
        if not isinstance(field, DayField):
            raise TypeError(f"{name} is not a day")
        return field

    def _lines(self, name: str) -> list[Row]:
        made = self.lists[name][1]
        if not self.is_bound:
            return [made(prefix=self._prefix(name, 0))]
        asked = whole(self.data.get(f"_more_{name}")) or 0
        number = min(max(self._highest(name) + 1, asked, 1), MOST_ROWS)
        return [made(self.data, prefix=self._prefix(name, n), empty_permitted=True) for n in range(number)]

    def _prefix(self, name: str, number: int) -> str:
        return f"{self.prefix + '-' if self.prefix else ''}{name}-{number}"

    def _highest(self, name: str) -> int:
        start = self._prefix(name, 0).removesuffix("0")
        sent = [key.removeprefix(start).split("-")[0] for key in self.data if key.startswith(start)]
        return max((number for number in map(whole, sent) if number is not None), default=-1)

    def clean(self) -> dict[str, Any]:
        """Columns without an answer are not known; no day lies before the child was born."""
        answers = super().clean() or self.cleaned_data
        for name, value in answers.items():
            if value == "" and name in self._nullable:
                answers[name] = None
        self._join_times(answers)
        self._check_birth(answers)
        conditions.check(self, answers)
        if self.goes_on:
            self._check_reason(answers)
        self.check(answers)
        return answers

    @property
    def _nullable(self) -> set[str]:
        return {column.name for column in self._meta.model._meta.fields if column.null}

    def _join_times(self, answers: dict[str, Any]) -> None:
        """A time of day becomes a moment of its day; without a day it is none, and the page asks for the day."""
        for at, on in self.times.items():
            if isinstance(answers.get(at), time):
                answers[at] = datetime.combine(answers[on], answers[at]) if answers.get(on) else None
                self.needs(on, f"Enter the day as well as the time: {self.fields[on].label}")

    def _check_birth(self, answers: Mapping[str, Any]) -> None:
        born_on = self.child.born_on if self.child else None
        for name, value in list(answers.items()):
            if born_on and type(value) is date and value < born_on and name not in self.before_birth:
                self.add_error(name, f"{self.fields[name].label} is before {self.child} was born ({day(born_on)})")

    def check(self, answers: Mapping[str, Any]) -> None:
        """What holds between the answers: each kind says its own, by ``add_error``."""

    def let_go_on(self) -> None:
        """What is added to the row needs no reason; what it said already is changed with one.

        What a source never said is not asked of whoever adds the next step.
        """
        why = self.fields[WHY]
        why.required, why.label = False, "If you change what it said already: why?"
        self.goes_on = True
        for name in self.must:
            if self._stood.get(name) in (None, ""):
                self.fields[name].required = False

    def _check_reason(self, answers: Mapping[str, Any]) -> None:
        said = [name for name, value in self._stood.items() if name not in self.moving and value not in (None, "")]
        changed = [name for name in said if answers.get(name, self._stood[name]) != self._stood[name]]
        if changed and not answers.get(WHY):
            self.add_error(WHY, f"“{self.fields[changed[0]].label}” had an answer already: say why it changes")

    def needs(self, name: str, sentence: str) -> None:
        """Adds the error when the question has no answer; not where it already has one."""
        if name in self.cleaned_data and self.cleaned_data[name] in (None, "", []) and not self.has_error(name):
            self.add_error(name, sentence)

    def _post_clean(self) -> None:
        """The truths of the row are the action's to check, which may first end what stands and sees the row locked."""

    def leave_unchecked(self) -> None:
        """Shows what was typed without saying yet what is wrong with it."""
        for form in (self, *self._all_rows()):
            vars(form)["_errors"] = ErrorDict()

    def _all_rows(self) -> Iterator[Row]:
        for rows in self.rows.values():
            yield from rows

    def is_valid(self) -> bool:
        """Whether the answers and all lines that are not blank can be used."""
        return all([super().is_valid(), *(row.is_valid() for row in self._all_rows())])

    def parts(self) -> Iterator[BoundField]:
        """Every question with those of the lines, for the summary of errors."""
        yield from self
        for row in self._all_rows():
            yield from row

    def facts(self) -> dict[str, Any]:
        """What the action is given: the answers by column, and lines that are not blank by list."""
        facts = {name: value for name, value in self.cleaned_data.items() if name != WHY}
        lines = {name: [row.cleaned_data for row in rows if not row.is_blank] for name, rows in self.rows.items()}
        return facts | lines

    def say(self, refused: ValidationError) -> None:
        """Puts on the page why the record refused what was typed."""
        if not hasattr(refused, "error_dict"):
            self.add_error(None, refused)
            return
        for name, errors in refused.error_dict.items():
            self.add_error(name if name in self.fields and name != NON_FIELD_ERRORS else None, errors)
