"""Form fields in the field's words: a day in three boxes, yes, no or not known, a code with its label."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict

from hearth.tables import codes
from hearth.web.config.today import today
from hearth.web.design.words import MONTHS, NOT_KNOWN

PARTS: Mapping[str, tuple[str, int, str]] = {
    "day": ("Day", 2, "numeric"),
    "month": ("Month", 2, "numeric"),
    "year": ("Year", 4, "numeric"),
}
EARLIEST_YEAR = 1900
OWN_WORDS = ("Unknown", NOT_KNOWN)
"""Labels by which a list itself says that something is not known."""
RADIOS_MOST = 6
TIME = re.compile(r"(\d{1,2})[:.]?(\d{2})", re.ASCII)


class DayWidget(forms.MultiWidget):
    """Three boxes: day, month, year. Also takes ``name=2026-03-03``, as a draft or a link gives it."""

    template_name = "design/days.html"
    use_fieldset = True
    is_quick = False
    """Whether a script offers today and yesterday beside the boxes."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({part: forms.TextInput() for part in PARTS}, attrs)

    def decompress(self, value: Any) -> list[Any]:
        """The day in its three parts."""
        return [value.day, value.month, value.year] if isinstance(value, date) else [None, None, None]

    def value_from_datadict(self, data: Any, files: MultiValueDict[str, Any], name: str) -> list[Any]:
        """What was typed in each box."""
        whole = data.get(name)
        if isinstance(whole, date):
            return self.decompress(whole)
        if isinstance(whole, str) and whole.count("-") == 2:
            return whole.split("-")[::-1]
        return [data.get(f"{name}_{part}") for part in PARTS]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Adds to each box its words and width."""
        context = super().get_context(name, value, attrs)
        described = zip(context["widget"]["subwidgets"], PARTS.values(), strict=True)
        for box, (said, width, keys) in described:
            box.update(said=said, width=width, keys=keys)
        context["widget"]["is_quick"] = self.is_quick
        return context


class Radios(forms.RadioSelect):
    """Round buttons. ``reveals``: by answer, the questions of ``form`` asked only after it, shown under it."""

    def __init__(self, *given: Any, is_inline: bool = False, **named: Any) -> None:
        super().__init__(*given, **named)
        self.is_inline = is_inline
        self.form: forms.BaseForm | None = None
        self.reveals: dict[str, list[str]] = {}

    def __deepcopy__(self, memo: dict[int, Any]) -> Radios:
        """Another form's buttons reveal nothing yet."""
        copied = super().__deepcopy__(memo)
        copied.form, copied.reveals = None, {}
        return copied

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Adds whether the buttons stand in one line."""
        context = super().get_context(name, value, attrs)
        context["widget"]["is_inline"] = self.is_inline and not self.reveals
        return context

    def create_option(self, name: str, value: Any, *given: Any, **named: Any) -> dict[str, Any]:
        """Adds to each answer the questions asked after it."""
        option = super().create_option(name, value, *given, **named)
        asked = self.reveals.get(str(value), ()) if self.form is not None else ()
        option["reveals"] = [self.form[question] for question in asked] if self.form is not None else []
        return option


class DayField(forms.Field):
    """A day. ``is_past`` refuses a day after today; ``is_future`` one before today."""

    widget = DayWidget
    hidden_widget = forms.HiddenInput

    def __init__(self, *, is_past: bool = False, is_future: bool = False, **given: Any) -> None:
        self.is_past, self.is_future = is_past, is_future
        given.setdefault("help_text", "For example, 27 3 2026")
        super().__init__(**given)

    def to_python(self, value: Any) -> date | None:
        """The day of the three boxes; None when all are empty. Raises ValidationError naming what is missing."""
        if isinstance(value, date) or value in self.empty_values:
            return value or None
        parts = [str(part or "").strip() for part in value]
        if not any(parts):
            return None
        missing = [name for name, part in zip(PARTS, parts, strict=True) if not part]
        if missing:
            raise ValidationError(f"{self._said()} must include a {' and a '.join(missing)}", code="incomplete")
        return self._day(*parts)

    def _day(self, day: str, month: str, year: str) -> date:
        try:
            found = date(_whole(year), month_number(month), _whole(day))
        except ValueError:
            raise ValidationError(
                f"{self._said()} must be a real date, such as 27 3 2026. You wrote {day} {month} {year}", code="invalid"
            ) from None
        if found.year < EARLIEST_YEAR:
            raise ValidationError(f"{self._said()} must have a year with four figures, such as 2026", code="invalid")
        return found

    def validate(self, value: Any) -> None:
        """Checks that the day is there when it is wanted, and on the right side of today."""
        super().validate(value)
        if value and self.is_past and value > today():
            raise ValidationError(f"{self._said()} must be today or in the past", code="future")
        if value and self.is_future and value < today():
            raise ValidationError(f"{self._said()} must be today or in the future", code="past")

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the day typed differs from the one shown."""
        try:
            return bool(self.to_python(data) != initial)
        except ValidationError:
            return True

    def _said(self) -> str:
        return str(self.label or "The date")


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdecimal()):
        raise ValueError(text)
    return int(text)


def written_day(text: str) -> date | None:
    """The day that somebody wrote in one box, in any of the ways people write it; None when it is none."""
    plain = " ".join(re.sub(r"[/.,-]", " ", text).split())
    for form in ("%d %m %Y", "%d %B %Y", "%d %b %Y", "%Y %m %d"):
        try:
            return datetime.strptime(plain, form).date()
        except ValueError:
            continue
    return None


def month_number(text: str) -> int:
    """The month from its number, name or the first three letters of it. Raises ValueError when it is none."""
    if text.isdecimal():
        return _whole(text)
    found = [n for n, name in enumerate(MONTHS, 1) if len(text) >= 3 and name.lower().startswith(text.lower())]
    if not found:
        raise ValueError(text)
    return found[0]


class TimeField(forms.Field):
    """A time of day in one box, on a 24-hour clock: 21:30, 21.30 or 2130. Gives a ``time``."""

    def __init__(self, **given: Any) -> None:
        given.setdefault("help_text", "If you know it, on a 24-hour clock. For example, 21:30")
        given.setdefault("widget", forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "numeric"}))
        super().__init__(**given)

    def to_python(self, value: Any) -> time | None:
        """The time; None when the box is empty. Raises ValidationError in a sentence when it is no time."""
        if isinstance(value, time) or value in self.empty_values:
            return value or None
        found = TIME.fullmatch(str(value).strip())
        hour, minute = (int(found[1]), int(found[2])) if found else (24, 0)
        if hour > 23 or minute > 59:
            raise ValidationError(f"{self.label} must be a time such as 21:30. You wrote {value}", code="invalid")
        return time(hour, minute)

    def prepare_value(self, value: Any) -> Any:
        """The time as it is shown; also of a day with a time."""
        return f"{value:%H:%M}" if isinstance(value, time | datetime) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the time typed differs from the one shown."""
        return (self.prepare_value(initial) or "") != (data or "").strip()


class YesNoField(forms.TypedChoiceField):
    """Yes, No and, where it may be so, Not known. Gives True, False or None."""

    widget = Radios
    ANSWERS: ClassVar[Mapping[str, bool | None]] = {"yes": True, "no": False, "unknown": None}

    def __init__(self, *, may_be_unknown: bool = True, **given: Any) -> None:
        said = [("yes", "Yes"), ("no", "No")] + ([("unknown", NOT_KNOWN)] if may_be_unknown else [])
        given.setdefault("widget", Radios(is_inline=True))
        super().__init__(choices=said, coerce=self.ANSWERS.__getitem__, empty_value=None, **given)

    def prepare_value(self, value: Any) -> Any:
        """The answer shown for a value of the record."""
        return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value


class CodeField(forms.ChoiceField):
    """A code of one of ``hearth/tables/codes``, shown with its label; codes no longer in use are not offered.

    ``blank``: what no answer is called; "Not known", or nothing where the list has its own word for that.
    """

    def __init__(self, list_name: str, *, only: Sequence[str] = (), blank: str = "", **given: Any) -> None:
        self.list_name, self.chosen = list_name, choices(list_name, only)
        self.is_few = len(self.chosen()) <= RADIOS_MOST
        self.blank = blank or (NOT_KNOWN if self.is_few else "Choose one")
        given.setdefault("widget", Radios if self.is_few else forms.Select)
        super().__init__(choices=self._offered(is_asked=given.get("required", True)), **given)

    def _offered(self, *, is_asked: bool) -> Callable[[], list[tuple[str, str]]]:
        if self.is_few and (is_asked or any(said in OWN_WORDS for _, said in self.chosen())):
            return self.chosen
        return lambda: [("", self.blank), *self.chosen()]

    def need(self) -> None:
        """An answer is needed: "Not known" is none."""
        self.required, self.choices = True, self._offered(is_asked=True)


def choices(list_name: str, only: Sequence[str] = ()) -> Callable[[], list[tuple[str, str]]]:
    """The codes in use today with their labels, worked out when the form is shown. Raises KeyError for unknown ones."""
    wanted = codes.members(list_name, *only) if only else tuple(codes.load(list_name))

    def found() -> list[tuple[str, str]]:
        known = codes.load(list_name)
        return [(code, known[code].label) for code in wanted if is_in_use(known[code].valid_to, today())]

    return found


def is_in_use(valid_to: str, on: date) -> bool:
    """Whether a code that holds until a day, or to the end of a return year ("2023/24"), is still in use."""
    if not valid_to:
        return True
    said = valid_to.split(" ", maxsplit=1)[0]
    if "/" in said:
        until = date(int(said[:4]) + 1, 3, 31)
    else:
        until = date(int(said), 3, 31) if len(said) == 4 else date.fromisoformat(said)
    return until >= on


def keeping(choices: Callable[[], Iterable[tuple[str, str]]], standing: str | None) -> list[tuple[str, str]]:
    """The choices, with what a row says already though it be none of them."""
    offered = list(choices())
    if not standing or standing in {value for value, _ in offered}:
        return offered
    return [*offered, (standing, standing)]
