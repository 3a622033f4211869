"""No file of the pages runs anything in a spreadsheet, whatever was written in the record or in a loaded file."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hearth.web.intake.models import Batch, Upload
from hearth.web.intake.tables_as_files import harmless

FORMULA = '=HYPERLINK("https://elsewhere.example","Mia")'
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("=1+1", "'=1+1"),
        ("+44 20", "'+44 20"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\n=1", "'\n=1"),
        ("＝1+1", "'＝1+1"),
        ("Mia = Leo", "Mia = Leo"),
        (-1, -1),
        (None, ""),
        (date(2026, 3, 31), date(2026, 3, 31)),
    ],
)
def test_text_that_would_run_gets_an_apostrophe_and_other_cells_stay(cell: Any, kept: Any) -> None:
    assert harmless(cell) == kept


PAGES = [
    ("social_worker", "my_work_export"),
    ("reviewing_officer", "my_reviews_export"),
    ("health", "health_clock_export"),
    ("virtual_school", "education_plans_export"),
    ("personal_adviser", "my_young_people_export"),
]


@pytest.mark.parametrize(("role", "page"), PAGES)
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_name_that_is_a_formula_is_words_in_every_file(
    a_user: Any,
    a_child: Any,
    allocated: Any,
    placed: Any,
    signed_in: Any,
    settings: Any,
    role: str,
    page: str,
    form: str,
) -> None:
    from hearth.web.work import owing

    settings.HEARTH_TODAY = date(2026, 3, 31)
    user, child = a_user(role=role), a_child(FORMULA, "Jones", born_on=date(2009, 1, 5))
    allocated(child, user, role=role if role in ("reviewing_officer", "personal_adviser") else "social_worker")
    placed(child, date(2024, 1, 1))
    owing.rebuild()
    answer = signed_in(user).get(reverse(page, args=[form]), {"whose": "all", "within": "all"})
    assert answer.status_code == 200
    assert "HYPERLINK" in text_of(answer.content, form), "the child is in the file"
    if form == "csv":
        cells = [cell for row in csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))) for cell in row]
        assert not [cell for cell in cells if cell.startswith("=")]
    else:
        assert not re.search(r"<f>|<f |<hyperlink", text_of(answer.content, form))


def text_of(body: bytes, form: str) -> str:
    if form == "csv":
        return body.decode("utf-8-sig")
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        return "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))


def test_what_a_loaded_file_says_does_not_run_in_the_file_of_its_problems(a_user: Any, signed_in: Any) -> None:
    client = signed_in(a_user(role="analyst"))
    born = FORMULA.replace('"', '""')
    header = f'CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n101,2,"{born}",WBRI,,,\n102,1,03/03/2012,WBRI,,,\n'
    client.post(reverse("load_files"), {"chosen": [SimpleUploadedFile("header.csv", header.encode())]})
    client.post(reverse("upload_load", args=[Upload.objects.latest("pk").pk]), {"withdraw_many": "on"})
    body = client.get(reverse("load_problems_file", args=[Batch.objects.latest("pk").pk])).content.decode("utf-8-sig")
    assert "HYPERLINK" in body, "the problem quotes the value"
    assert not [cell for row in csv.reader(io.StringIO(body)) for cell in row if cell.startswith("=")]
