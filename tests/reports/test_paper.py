"""A paper as PDF and as Word: the same words, what stands on each page, and no text that is read as anything else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document
from pypdf import PdfReader

from hearth.reports.paper import Entry, Paper
from hearth.reports.paper_pdf import pdf
from hearth.reports.paper_word import docx

VISIT = Entry(
    day="12 January 2026",
    what="Visit",
    facts=[("Seen", "Yes"), ("Seen alone", "No")],
    said=[("What the child said", "You told me about the swimming.\nYou liked it.")],
    small="Recorded by Asha Khan on 13 January 2026",
    beside="The first time you spoke of it",
)
PAPER = Paper(
    title="Chronology for the final hearing",
    over="Chronology of Mia Jones",
    author="Asha Khan",
    head="Mia Jones, 000123",
    mark="Confidential",
    foot="Made by Asha Khan on 31 March 2026 for Bradford Family Court: directions",
    facts=[("Born", "1 May 2012"), ("Made for", "Bradford Family Court")],
    note="Covers the winter.",
    columns=("Day", "What happened", "Why it matters"),
    entries=[VISIT],
    after="2 entries are left out.",
)
LONG = replace(PAPER, entries=[VISIT] * 40)


def pages_of_pdf(file: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(file)).pages]


def text_of_pdf(file: bytes) -> str:
    return " ".join(pages_of_pdf(file))


def text_of_word(file: bytes) -> str:
    made = Document(BytesIO(file))
    section = made.sections[0]
    lines = [line.text for part in (section.header, made, section.footer) for line in part.paragraphs]
    cells = [line.text for row in made.tables[0].rows for cell in row.cells for line in cell.paragraphs]
    return " ".join(" ".join([*lines, *cells]).split())


BOTH = pytest.mark.parametrize(("make", "text_of"), [(pdf, text_of_pdf), (docx, text_of_word)], ids=["pdf", "word"])
Make, TextOf = Callable[[Paper], bytes], Callable[[bytes], str]


@BOTH
def test_a_paper_holds_every_word(make: Make, text_of: TextOf) -> None:
    text = text_of(make(PAPER))
    for words in (
        "Chronology for the final hearing", "Chronology of Mia Jones", "Mia Jones, 000123", "Confidential",
        "Made by Asha Khan on 31 March 2026 for Bradford Family Court: directions", "1 May 2012", "Covers the winter.",
        "Day", "What happened", "Why it matters", "12 January 2026", "Visit", "Seen: Yes; Seen alone: No",
        "What the child said: You told me about the swimming. You liked it.", "2 entries are left out.",
        "Recorded by Asha Khan on 13 January 2026", "The first time you spoke of it",
    ):  # fmt: skip
        assert words in text


def test_each_page_says_about_whom_by_whom_for_whom_and_which_page_it_is() -> None:
    pages = pages_of_pdf(pdf(LONG))
    assert len(pages) > 3
    for number, page in enumerate(pages, start=1):
        assert "Mia Jones, 000123" in page
        assert "Confidential" in page
        assert "Made by Asha Khan on 31 March 2026 for Bradford Family Court: directions" in page
        assert f"Page {number} of {len(pages)}" in page
        assert "Why it matters" in page, "the headings of the table are on each page"


def test_word_works_out_its_own_numbers_and_repeats_the_headings() -> None:
    made = Document(BytesIO(docx(LONG)))
    below = made.sections[0].footer._element.xml
    assert 'w:instr="PAGE"' in below
    assert 'w:instr="NUMPAGES"' in below
    assert "w:tblHeader" in made.tables[0].rows[0]._tr.xml


def test_a_short_entry_is_not_torn_between_two_pages() -> None:
    for page in pages_of_pdf(pdf(LONG)):
        assert page.count("12 January 2026") == page.count("You liked it.")


@BOTH
@pytest.mark.parametrize(
    "words",
    [
        "#strong[x] *y* _z_ $a$ <b> @c \\ // d",
        "{{ title }} {% now %} &amp; <w:p/>",
        "Nguyễn Łukasz Ștefan Žofia Ærø",
        "it's “quoted” – and … so",
    ],
)
def test_words_are_words_and_never_markup(make: Make, text_of: TextOf, words: str) -> None:
    given = replace(PAPER, title=words, note=words, entries=[replace(VISIT, what=words, beside=words)])
    assert text_of(make(given)).count(words) == 4


@pytest.mark.parametrize(
    "words", ["Łukasz Šárka Nguyễn", "Иван Ελένη", "محمد", "علی پښتو ڕۆژ", "ሰላም", "🙂 Mia", "小明", "\x0b\x00\ud800"]
)
def test_letters_of_any_alphabet_do_not_stop_a_paper_nor_take_its_mark_away(words: str) -> None:
    given = replace(PAPER, title=f"For {words}", entries=[replace(VISIT, what=words)])
    made = pdf(given)
    assert "Bradford Family Court" in text_of_pdf(made)
    assert "Bradford Family Court" in text_of_word(docx(given))
    assert b"pdfuaid" in PdfReader(BytesIO(made)).trailer["/Root"]["/Metadata"].get_data()


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("🙂", "[slightly smiling face]"),
        (
            "Mia 🙂 ሰላም",
            "Mia [slightly smiling face][ethiopic syllable sa][ethiopic syllable laa][ethiopic syllable me]",
        ),
        ("小", "[cjk unified ideograph-5c0f]"),
        ("Łukasz محمد", ""),
    ],
)
def test_a_letter_without_a_font_is_named_and_the_paper_says_so(words: str, shown: str) -> None:
    given = replace(PAPER, entries=[replace(VISIT, what=words)])
    text = text_of_pdf(pdf(given))
    assert shown in text.replace("] [", "][")
    assert ("named in square brackets" in text) is bool(shown)
    assert "Covers the winter." in text
    assert words in text_of_word(docx(given))


def test_a_pdf_is_tagged_for_screen_readers() -> None:
    reader = PdfReader(BytesIO(pdf(PAPER)))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert reader.metadata.title == "Chronology for the final hearing"
    assert b"pdfuaid" in root["/Metadata"].get_data()
