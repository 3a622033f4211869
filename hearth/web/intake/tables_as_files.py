"""A table as a CSV file for a spreadsheet: nothing in it runs as a formula, and the export stands in the log."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse

from hearth.tables.formulas import FORMULA_STARTS
from hearth.web.access import audit
from hearth.web.access.models import User
from hearth.web.children.models import Child


def csv_answer(
    by: User, page: str, name: str, heading: Sequence[str], rows: Iterable[Sequence[Any]], *, children: Iterable[Child]
) -> HttpResponse:
    """The answer that holds the file, after a line in the log that names the children in it."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.write("\ufeff")
    written = csv.writer(answer)
    written.writerow(heading)
    kept = [[harmless(cell) for cell in row] for row in rows]
    written.writerows(kept)
    audit.record_list(by, audit.EXPORTED, children, page=page, details={"rows": len(kept)})
    return answer


def harmless(cell: Any) -> Any:
    """Text that a spreadsheet would run as a formula gets an apostrophe in front; nothing stays blank."""
    if cell is None:
        return ""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell
