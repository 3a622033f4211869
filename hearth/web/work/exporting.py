"""A list as a file: the rows that the page shows, to the same people, noted in the log for each child."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import xlsxwriter
from django.http import HttpResponse

from hearth.web.intake.tables_as_files import harmless

FORMS: Mapping[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
WIDEST = 60


def as_file(name: str, form: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """The rows as ``name.csv`` or ``name.xlsx``. Raises KeyError for another form."""
    kind = FORMS[form]
    plain = [[harmless(cell) for cell in row] for row in rows]
    body = _csv(columns, plain) if form == "csv" else _xlsx(name, columns, plain)
    answer = HttpResponse(body, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return answer


def _csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _xlsx(name: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    body = io.BytesIO()
    with xlsxwriter.Workbook(body, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        days, bold = book.add_format({"num_format": "d mmmm yyyy"}), book.add_format({"bold": True})
        sheet = book.add_worksheet(name[:31])
        sheet.write_row(0, 0, columns, bold)
        for at, row in enumerate(rows, start=1):
            for place, cell in enumerate(row):
                (sheet.write_datetime if hasattr(cell, "isoformat") else sheet.write)(
                    at, place, cell, *([days] if hasattr(cell, "isoformat") else [])
                )
        for place, column in enumerate(columns):
            widest = max([len(column), *(len(str(row[place])) for row in rows)])
            sheet.set_column(place, place, min(widest, WIDEST) + 2)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
    return body.getvalue()
