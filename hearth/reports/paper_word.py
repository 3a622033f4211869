"""A paper as a Word document: the same words as the PDF, to be worked on by whoever is given it."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from hearth.reports.paper import Entry, Paper, in_short, plain

FONT, QUIET = "Arial", RGBColor(0x48, 0x49, 0x49)
WIDTHS = (Cm(2.8), Cm(8.4), Cm(5.8))
EDGE = Cm(2)
BRITISH = "en-GB"


def docx(paper: Paper) -> bytes:
    """The bytes of the file."""
    made = Document()
    _page(made, paper)
    _quiet(made.add_paragraph(), paper.over)
    made.add_heading(plain(paper.title), level=1)
    for key, words in paper.facts:
        line = made.add_paragraph()
        line.add_run(f"{plain(key)}: ").bold = True
        line.add_run(plain(words))
    if paper.note:
        made.add_paragraph(plain(paper.note))
    _table(made, paper)
    if paper.after:
        _quiet(made.add_paragraph(), paper.after)
    file = BytesIO()
    made.save(file)
    return file.getvalue()


def _page(made: Any, paper: Paper) -> None:
    """A4, plain type, British English, and what stands on each page."""
    section, usual = made.sections[0], made.styles["Normal"]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = EDGE
    usual.font.name, usual.font.size, usual.paragraph_format.space_after = FONT, Pt(10), Pt(5)
    heading = made.styles["Heading 1"]
    heading.font.name, heading.font.size, heading.font.color.rgb = FONT, Pt(20), RGBColor(0, 0, 0)
    heading.element.rPr.rFonts.attrib.pop(qn("w:asciiTheme"), None)
    usual.element.get_or_add_rPr().append(_element("w:lang", val=BRITISH))
    about = made.core_properties
    about.title, about.author, about.language, about.comments = plain(paper.title), plain(paper.author), BRITISH, ""
    _two_ends(section.header.paragraphs[0], paper.head, is_bold=True).add_run(plain(paper.mark))
    below = _two_ends(section.footer.paragraphs[0], paper.foot)
    for words, field in (("Page ", "PAGE"), (" of ", "NUMPAGES")):
        below.add_run(words)
        _field(below, field)


def _two_ends(line: Any, words: str, *, is_bold: bool = False) -> Any:
    """The words at the left, and a stop at the right edge for what follows; no stop of the usual head between."""
    line.style = "Normal"
    line.paragraph_format.tab_stops.add_tab_stop(sum(WIDTHS, Cm(0)), WD_TAB_ALIGNMENT.RIGHT)
    line.add_run(plain(words)).bold = is_bold
    line.add_run("\t")
    return line


def _field(line: Any, name: str) -> None:
    """A number that Word works out: of this page, of all pages."""
    line._p.append(_element("w:fldSimple", instr=name))


def _element(tag: str, **attributes: str) -> Any:
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def _table(made: Any, paper: Paper) -> None:
    table = made.add_table(rows=1, cols=len(WIDTHS), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, WIDTHS, strict=True):
        column.width = width
    for cell, words in zip(table.rows[0].cells, paper.columns, strict=True):
        cell.paragraphs[0].add_run(plain(words)).bold = True
    table.rows[0]._tr.get_or_add_trPr().append(_element("w:tblHeader", val="true"))
    for entry in paper.entries:
        row = table.add_row()
        row._tr.get_or_add_trPr().append(_element("w:cantSplit", val="true"))
        _row(row.cells, entry)
    for row in table.rows:
        for cell, width in zip(row.cells, WIDTHS, strict=True):
            cell.width = width


def _row(cells: Any, entry: Entry) -> None:
    day, what, beside = cells
    day.paragraphs[0].add_run(plain(entry.day)).bold = True
    what.paragraphs[0].add_run(plain(entry.what)).bold = True
    if entry.facts:
        what.add_paragraph(plain(in_short(entry.facts)))
    for key, words in entry.said:
        line = what.add_paragraph()
        _quiet(line, f"{key}: ")
        line.add_run(plain(words))
    if entry.small:
        _quiet(what.add_paragraph(), entry.small, Pt(8.5))
    beside.paragraphs[0].add_run(plain(entry.beside))


def _quiet(line: Any, words: str, size: Any = None) -> None:
    run = line.add_run(plain(words))
    run.font.color.rgb, run.font.size = QUIET, size
