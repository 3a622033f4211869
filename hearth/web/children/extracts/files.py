"""An extract as a file to give to somebody: PDF or Word, each page says about whom, by whom, for whom and why."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from django.http import HttpResponse

from hearth.reports.paper import Entry, Paper
from hearth.tables import codes
from hearth.web.children.extracts.reading import Document, Line
from hearth.web.children.files import safe_name
from hearth.web.children.models import Extract, ExtractFile
from hearth.web.design.words import day

PDF, WORD = codes.members("paper_kind", "pdf", "docx")
SENT_AS: Mapping[str, str] = MappingProxyType({
    PDF: "application/pdf",
    WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
})  # fmt: skip
SHORT = 80
"""Letters of what stands in one line with the other facts; longer words have a paragraph of their own."""
COLUMNS = ("Day", "What happened", "Why it matters")


def answer(file: ExtractFile, lines: Document) -> HttpResponse:
    """The file as it is sent. Its name says which extract of whose identifier, not the child's name."""
    name = safe_name(f"{file.child.child_id} {file.extract.title}.{file.kind}")
    sent = HttpResponse(_made(file.kind, paper(file, lines)), content_type=SENT_AS[file.kind])
    sent["Content-Disposition"] = f'attachment; filename="{name.encode("ascii", "replace").decode().replace("?", "_")}"'
    return sent


def _made(kind: str, given: Paper) -> bytes:
    """The bytes. What makes them is loaded when the first file is made: it is large, and few ask for it."""
    if kind == PDF:
        from hearth.reports.paper_pdf import pdf

        return pdf(given)
    from hearth.reports.paper_word import docx

    return docx(given)


def paper(file: ExtractFile, lines: Document) -> Paper:
    """The extract as a paper."""
    extract, child, by = file.extract, file.child, str(file.recorded_by)
    also = f", who goes by {child.preferred_name}" if child.preferred_name else ""
    made = f"Made by {by} on {day(file.recorded_at)}"
    return Paper(
        title=extract.title,
        over=f"Chronology of {child.full_name}{also}",
        author=by,
        head=f"{child.full_name}, {child.child_id}",
        mark="Confidential" if extract.is_locked else "Draft, may still change. Confidential",
        foot=f"{made} for {file.for_whom}: {file.why}",
        facts=[
            ("Born", day(child.born_on)),
            ("Purpose", codes.label("extract_purpose", extract.purpose)),
            ("Made for", file.for_whom),
            ("Why", file.why),
            ("Made", made.removeprefix("Made ")),
            ("State", _state(extract)),
            *(
                [("Follows", f"{extract.follows.title}, locked on {day(extract.follows.locked_at)}")]
                if extract.follows
                else []
            ),
        ],
        note=extract.note or "",
        columns=COLUMNS,
        entries=[_entry(line) for line in lines.lines],
        after=_left_out(lines.left_out, by),
    )


def _state(extract: Extract) -> str:
    if not extract.is_locked:
        return "a draft by the words of the record on that day; it may still change"
    return f"locked by {extract.locked_by} on {day(extract.locked_at)}; its words are those of the record on that day"


def _entry(line: Line) -> Entry:
    facts = [pair for pair in line.said if len(pair[1]) <= SHORT and "\n" not in pair[1]]
    said = [pair for pair in line.said if pair not in facts]
    return Entry(day(line.on), line.what, facts, said, line.origin, line.why or "No reason yet")


def _left_out(number: int, by: str) -> str:
    if not number:
        return ""
    entries = "1 entry" if number == 1 else f"{number} entries"
    return f"{entries} of areas of the record that {by} may not open {'is' if number == 1 else 'are'} left out."
