"""Where everything is recorded; papers open to those who may see their area, and opening them is logged."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hearth.web.access.models import AuditEvent
from hearth.web.children.models import Attachment
from tests.web.sheets.opened import Opened

Build = Callable[..., Any]
pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 3)


def kept(desk: Build, name: str = "letter.pdf", content: bytes = b"%PDF-1.7 words") -> Any:
    """A nurse records a dental check with a paper."""
    child, _, client = desk(role="health")
    page = Opened(client, reverse("record_dental_check", args=[child.pk])).fill(status="Completed", checked_on=DAY)
    page.papers = SimpleUploadedFile(name, content)
    return child, client, page.send()


@pytest.mark.parametrize(
    ("role", "is_offered", "is_not"),
    [
        ("health", "record_dental_check", "record_visit"),
        ("social_worker", "record_visit", "record_review"),
        ("reviewing_officer", "record_review", "record_visit"),
        ("virtual_school", "record_education_plan", "record_dental_check"),
    ],
)
def test_each_finds_what_is_theirs_to_record(desk: Build, role: str, is_offered: str, is_not: str) -> None:
    child, _, client = desk(role=role)
    html = client.get(reverse("record", args=[child.pk])).content.decode()
    assert f'href="{reverse(is_offered, args=[child.pk])}"' in html
    assert f'href="{reverse(is_not, args=[child.pk])}"' not in html


def test_an_unfinished_draft_is_found_again(desk: Build) -> None:
    child, _, client = desk()
    Opened(client, reverse("record_visit", args=[child.pk])).fill(child_views="I").send("draft")
    assert "?draft=" in client.get(reverse("record", args=[child.pk])).content.decode()


def test_a_paper_is_kept_with_its_record_and_opens_to_its_area(desk: Build) -> None:
    child, nurse, answer = kept(desk)
    paper = Attachment.objects.get()
    path = reverse("paper_health", args=[child.pk, paper.pk])
    assert answer.is_done and paper.of_table == "dental_checks"
    assert path in nurse.get(reverse("record", args=[child.pk])).content.decode()
    opened = nurse.get(path)
    assert b"".join(opened.streaming_content) == b"%PDF-1.7 words"
    assert opened["Content-Disposition"] == 'attachment; filename="letter.pdf"'
    assert AuditEvent.objects.filter(page="paper_health", child_id=child.pk).count() == 1


def test_a_paper_is_shut_to_other_areas_and_other_children(desk: Build, a_child: Build) -> None:
    child, nurse, _ = kept(desk)
    paper = Attachment.objects.get()
    _, _, school = desk(child=child, role="virtual_school")
    _, _, worker = desk(child=child)
    assert school.get(reverse("paper_health", args=[child.pk, paper.pk])).status_code == 403
    assert worker.get(reverse("paper_care", args=[child.pk, paper.pk])).status_code == 404
    assert nurse.get(reverse("paper_health", args=[a_child("Ada").pk, paper.pk])).status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [("virus.exe", b"MZ", "virus.exe cannot be kept"), ("letter.pdf", b"MZ", "is not a pdf file inside")],
)
def test_a_paper_of_another_kind_is_refused_with_the_record(
    desk: Build, name: str, content: bytes, sentence: str
) -> None:
    _, _, answer = kept(desk, name, content)
    assert sentence in answer.errors[0] and not answer.is_done
    assert Attachment.objects.count() == 0
