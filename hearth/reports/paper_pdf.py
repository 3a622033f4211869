"""A paper as PDF, tagged for screen readers (PDF/UA-1), made by Typst on this machine."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import font_roboto
import typst

from hearth.reports.paper import Paper, plain

LAYOUT = Path(__file__).with_name("paper.typ")
ACCESSIBLE = "ua-1"


def pdf(paper: Paper) -> bytes:
    """The bytes of the file. Letters that no font here has are drawn as empty boxes, as a printer would."""
    given = {"paper": plain(json.dumps(asdict(paper), ensure_ascii=False))}
    try:
        return _compiled(given, ACCESSIBLE)
    except typst.TypstError:
        # the accessible kind refuses letters that no font has; the words matter more than the mark of the kind
        return _compiled(given, [])


def _compiled(given: dict[str, str], standards: Any) -> bytes:
    made: bytes = typst.compile(
        LAYOUT.read_bytes(), font_paths=[font_roboto.font_directory], sys_inputs=given, pdf_standards=standards
    )
    return made
