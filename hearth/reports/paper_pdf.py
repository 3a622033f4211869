"""A paper as PDF, tagged for screen readers (PDF/UA-1), made by Typst on this machine."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import asdict, replace
from functools import cache
from pathlib import Path
from typing import Any

import font_roboto
import fontpkg_noto_sans_arabic
import typst

from hearth.reports.paper import Paper, plain

LAYOUT = Path(__file__).with_name("paper.typ")
ACCESSIBLE = "ua-1"
FONTS = (Path(font_roboto.font_directory), fontpkg_noto_sans_arabic.ROOT / "files")
"""Latin, Greek and Cyrillic letters; those of Arabic, Farsi, Kurdish, Pashto and Urdu. Not the machine's own: a paper
is the same wherever it is made.
"""
LACKING = (
    "Letters and signs that this file has no font for are named in square brackets; the Word file has them as written."
)
UNSHOWN = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
PARTLY_SHOWN = frozenset({"LATIN", "GREEK", "CYRILLIC", "ARABIC"})
"""Alphabets of which a letter may lack alone: of every other one all letters lack, or none."""
MOST = 40
"""Alphabets and signs that are looked for in one paper."""


def pdf(paper: Paper) -> bytes:
    """The bytes of the file. A letter that no font here has is named in square brackets, and the paper says so."""
    lacking: frozenset[str] = frozenset()
    for _ in range(MOST):
        try:
            return _compiled(_data(paper, lacking), ACCESSIBLE)
        except typst.TypstError as refused:
            unshown = UNSHOWN.search(str(refused))
            if unshown is None:
                break
            lacking |= {_alphabet(letter) for letter in unshown[1]}
    # the accessible kind refuses what it cannot show; the words matter more than the mark of the kind
    return _compiled(_data(paper, lacking), [])


def _data(paper: Paper, lacking: frozenset[str]) -> str:
    """The paper as its layout reads it, with the letters of the alphabets that lack named."""
    told = replace(paper, note=f"{LACKING}\n{paper.note}".strip()) if lacking else paper
    written = json.dumps(_printable(asdict(told)), ensure_ascii=False)
    if not lacking:
        return written
    return "".join(_named(letter) if _alphabet(letter) in lacking else letter for letter in written)


def _printable(part: Any) -> Any:
    if isinstance(part, dict):
        return {key: _printable(inner) for key, inner in part.items()}
    return plain(part) if isinstance(part, str) else [_printable(inner) for inner in part]


def _alphabet(letter: str) -> str:
    """The alphabet of a letter, by the first word of its name; of a sign, and where letters lack alone, itself."""
    first = unicodedata.name(letter, "").partition(" ")[0]
    is_letter = unicodedata.category(letter)[0] in "LM"
    return first if is_letter and first and first not in PARTLY_SHOWN else letter


def _named(letter: str) -> str:
    return f"[{unicodedata.name(letter, f'U+{ord(letter):04X}').lower()}]"


def _compiled(written: str, standards: Any) -> bytes:
    made: bytes = typst.compile(
        LAYOUT.read_bytes(),
        font_paths=_fonts(),
        sys_inputs={"paper": written},
        pdf_standards=standards,
    )
    return made


@cache
def _fonts() -> Any:
    return typst.Fonts(include_system_fonts=False, font_paths=list(FONTS))
