"""Papers kept with a household's, a home's and the council's record: kept with their row, opened by whom it is for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hearth.web.access.models import AuditEvent
from hearth.web.access.policy import pages
from hearth.web.children.models import AttachmentElsewhere, ChildrensHome, FosterCarer, HomeVisit
from tests.web.carers.conftest import ANSWERS
from tests.web.carers.test_kinds import KINDS, VALID
from tests.web.sheets.opened import Opened

Build = Callable[..., Any]
pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 what was found"
PAGES = {
    "carer_review": "paper_carer",
    "carer_concern": "paper_carer_concerns",
    "home_visit": "paper_childrens_home",
    "home_review": "paper_childrens_home",
    "board_report": "paper_corporate_parent",
}
"""Which page gives the papers of each kind of record."""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def keep(household: Build, home: Build, client_of: Build) -> Build:
    """The service manager records one of a kind with a paper: the page, and what it answered."""

    def build(code: str = "home_visit", name: str = "Report March.pdf", inside: bytes = PDF) -> Any:
        _ = FosterCarer.objects.exists() or household(), ChildrensHome.objects.exists() or home()
        page = Opened(client_of("service_manager"), address_of(code)).fill(**VALID[code])
        page.papers = SimpleUploadedFile(name, inside)
        return page, page.send()

    return build


def address_of(code: str) -> str:
    return reverse(KINDS[code].page, args=key_of(code))


def key_of(code: str) -> list[int]:
    model = {"carer": FosterCarer, "home": ChildrensHome}.get(KINDS[code].about.word)
    return [model.objects.get().pk] if model else []


def paper_at(code: str) -> str:
    return reverse(PAGES[code], args=[*key_of(code), AttachmentElsewhere.objects.latest("pk").pk])


@pytest.mark.parametrize("code", PAGES)
def test_a_paper_is_kept_with_its_row_shown_there_and_opened_with_a_line_in_the_log(
    keep: Build, code: str, folder: Path
) -> None:
    page, answer = keep(code)
    kept, path = AttachmentElsewhere.objects.get(), paper_at(code)
    assert answer.is_done
    assert (kept.of_table, kept.title) == (KINDS[code].model.table, "Report March.pdf")
    about = page.client.get(reverse(PAGES[code].removeprefix("paper_"), args=key_of(code))).content.decode()
    assert about.count(f'href="{path}"') == 1
    opened = page.client.get(path)
    assert b"".join(opened.streaming_content) == PDF
    assert opened["Content-Disposition"] == 'attachment; filename="Report March.pdf"'
    lines = [AuditEvent.objects.get(what="paper kept"), AuditEvent.objects.get(page=PAGES[code], what="read")]
    assert [line.details["about"] for line in lines] == [[list(kept.whose)]] * 2
    assert kept.whose[0] == KINDS[code].about.of(KINDS[code].model.objects.get()).sort
    assert "Report" not in kept.file.name and (folder / kept.file.name).read_bytes() == PDF


@pytest.mark.parametrize("code", PAGES)
def test_a_paper_opens_to_whom_the_policy_gives_it_and_to_nobody_else(keep: Build, client_of: Build, code: str) -> None:
    keep(code)
    path = paper_at(code)
    for role, reach in pages()[PAGES[code]].reach.items():
        assert client_of(role).get(path).status_code == ANSWERS[reach], role


def test_the_paper_of_a_complaint_is_not_found_among_the_others(keep: Build) -> None:
    page, _ = keep("carer_concern")
    kept = AttachmentElsewhere.objects.get()
    assert page.client.get(reverse("paper_carer", args=[*key_of("carer_concern"), kept.pk])).status_code == 404


def test_the_paper_of_one_home_is_not_found_at_another(keep: Build, home: Build) -> None:
    page, _ = keep()
    other, kept = home("SC2", name="The Oaks"), AttachmentElsewhere.objects.get()
    assert page.client.get(reverse("paper_childrens_home", args=[other.pk, kept.pk])).status_code == 404


def test_the_report_that_comes_later_is_added_to_the_visit_without_a_reason(home: Build, client_of: Build) -> None:
    whose = {"authority": home().authority, "home_id": "SC1"}
    row = HomeVisit.objects.create(**whose, visited_on=date(2026, 3, 3), is_unannounced=True)
    later = Opened(client_of(), f"{address_of('home_visit')}/{row.pk}").fill(reported_on=date(2026, 3, 20))
    later.papers = SimpleUploadedFile("Final.pdf", PDF)
    assert later.send().is_done
    assert AttachmentElsewhere.objects.get().of_id == row.pk


def test_a_paper_alone_is_added_to_a_visit_of_which_all_is_said(keep: Build) -> None:
    page, _ = keep()
    later = Opened(page.client, f"{page.path}/{HomeVisit.objects.get().pk}")
    later.papers = SimpleUploadedFile("Final.pdf", PDF)
    assert later.send().is_done
    assert AttachmentElsewhere.objects.count() == 2


@pytest.mark.parametrize(
    ("name", "inside", "sentence"),
    [("virus.exe", b"MZ", "virus.exe cannot be kept"), ("letter.pdf", b"MZ", "is not a pdf file inside")],
)
def test_a_paper_of_another_kind_is_refused_with_the_record(
    keep: Build, name: str, inside: bytes, sentence: str
) -> None:
    _, answer = keep("home_visit", name, inside)
    assert sentence in answer.errors[0] and not answer.is_done
    assert (AttachmentElsewhere.objects.count(), HomeVisit.objects.count()) == (0, 0)
