"""Papers kept with the record: of a kind and size that is safe to keep, under a name that says nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from hearth.web.access.models import AuditEvent
from hearth.web.children import actions, files
from hearth.web.children.files import safe_name
from hearth.web.children.models import Attachment

Build = Callable[..., Any]
pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 a plan"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.mark.parametrize(
    ("name", "inside", "sentence"),
    [
        ("plan.pdf", PDF, ""),
        ("PLAN.PDF", PDF, ""),
        ("photo.jpg", b"\xff\xd8\xff\xe0 picture", ""),
        ("note.txt", "Bônjour".encode(), ""),
        ("note.txt", b"MZ\x00\x00", "not plain text"),
        ("plan.pdf", b"MZ executable", "not a pdf file inside"),
        ("plan.exe", b"MZ executable", "cannot be kept: choose one of .docx"),
        ("page.html", b"<script>", "cannot be kept"),
        ("noname", PDF, "cannot be kept"),
    ],
)
def test_only_kinds_that_are_safe_are_kept(
    a_child: Build, a_user: Build, folder: Path, name: str, inside: bytes, sentence: str
) -> None:
    child, worker = a_child(), a_user()
    given = {"child": child, "by": worker, "title": "Care plan", "file": ContentFile(inside, name=name)}
    if not sentence:
        paper = actions.attach(**given)
        assert (folder / paper.file.name).read_bytes() == inside
        assert AuditEvent.objects.get().what == "paper kept"
        return
    with pytest.raises(ValidationError, match=sentence):
        actions.attach(**given)
    assert (Attachment.everything.count(), list(folder.rglob("*.*"))) == (0, [])


def test_a_file_too_large_is_refused(a_child: Build, a_user: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LARGEST", 10)
    with pytest.raises(ValidationError, match="larger than"):
        actions.attach(child=a_child(), by=a_user(), title="Plan", file=ContentFile(PDF, name="plan.pdf"))


def test_the_name_on_the_disk_says_nothing_and_the_given_name_is_kept(
    a_child: Build, a_user: Build, visited: Build
) -> None:
    child = a_child()
    visit = visited(child, date(2025, 3, 3))
    file = ContentFile(PDF, name="Mia Jones' plan.pdf")
    paper = actions.attach(child=child, by=a_user(), title="Drawing", file=file, of=visit)
    assert "Mia" not in paper.file.name
    assert (paper.file_name, paper.of_table, paper.of_id) == ("Mia Jones_ plan.pdf", "visits", visit.pk)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\papers\\plan.pdf", "plan.pdf"),
        ('a"b\r\nX: y.pdf', "a_b__X_ y.pdf"),
        ("...", "paper"),
        ("päpér (2).pdf", "päpér (2).pdf"),
        ("x" * 300 + ".pdf", "x" * 146 + ".pdf"),
    ],
)
def test_a_name_without_folders_or_tricks(given: str, kept: str) -> None:
    assert safe_name(given) == kept


@pytest.mark.parametrize(("name", "sentence"), [("mia.png", ""), ("plan.pdf", "not a picture")])
def test_a_photo_is_a_picture(a_child: Build, a_user: Build, name: str, sentence: str) -> None:
    inside = b"\x89PNG\r\n\x1a\n..." if name.endswith("png") else PDF
    change = {"by": a_user(), "photo": ContentFile(inside, name=name)}
    if sentence:
        with pytest.raises(ValidationError, match=sentence):
            actions.change_child(a_child(), **change)
    else:
        assert actions.change_child(a_child(), **change).photo.name.endswith(".png")
