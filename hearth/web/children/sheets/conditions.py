"""Questions that are asked only after a certain answer: shown under it, and refused after another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hearth.web.design.fields import Radios, YesNoField

if TYPE_CHECKING:
    from hearth.web.children.sheets.asking import Sheet


@dataclass(frozen=True)
class After:
    """After which answer a question is asked.

    ``question`` is the one before it, answered by round buttons; ``answer`` the value sent ("yes", "no", a code);
    ``needed`` the sentence when it is then left blank, "" where it may be.
    """

    question: str
    answer: str
    needed: str = ""


Conditions = Mapping[str, After]


def of(sheet: Sheet) -> Iterator[tuple[str, After]]:
    """The conditions between questions that are both on the sheet."""
    return ((name, on) for name, on in sheet.only_if.items() if name in sheet.fields and on.question in sheet.fields)


def arrange(sheet: Sheet) -> None:
    """Puts each question under the answer after which it is asked. Raises TypeError where there are no buttons."""
    for name, on in of(sheet):
        widget = sheet.fields[on.question].widget
        if not isinstance(widget, Radios):
            raise TypeError(f"{on.question} has no round buttons to show {name} under")
        widget.form = sheet
        widget.reveals.setdefault(on.answer, []).append(name)
        sheet.fields[name].is_needed = bool(on.needed)  # type: ignore[attr-defined]  # read by the words "(optional)"


def check(sheet: Sheet, answers: Mapping[str, Any]) -> None:
    """What is asked and needed is answered; what is not asked says nothing ("no" says nothing either)."""
    for name, on in of(sheet):
        if on.question not in answers:
            continue
        if _is_asked(sheet, name, answers):
            if on.needed:
                sheet.needs(name, on.needed)
        elif answers.get(name) not in (None, "", [], False) and not sheet.has_error(name):
            sheet.add_error(name, _not_asked(sheet, name, on))


def _is_asked(sheet: Sheet, name: str, answers: Mapping[str, Any]) -> bool:
    """Whether the question before it is asked itself, and has the answer that leads here."""
    on = dict(of(sheet)).get(name)
    if on is None:
        return True
    said = sheet.fields[on.question].prepare_value(answers.get(on.question))
    return str(said) == on.answer and _is_asked(sheet, on.question, answers)


def _not_asked(sheet: Sheet, name: str, on: After) -> str:
    before = sheet.fields[on.question]
    pairs: Any = getattr(before, "choices", ())
    said = dict(pairs).get(on.answer, on.answer)
    way = "answer No" if isinstance(sheet.fields[name], YesNoField) else "leave it blank"
    return f"Asked only where “{before.label}” is answered {said}: {way}, or change that answer"
