"""The photo of a child: bare of place and camera, served to whoever may see the child, kept by nobody in between."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hearth.web.access.models import AuditEvent
from hearth.web.children import files
from hearth.web.children.pictures import without_metadata

Build = Callable[..., Any]
ROLES = ("health", "social_worker", "analyst")
PLACE = b"53.7960 N 1.7594 W"


def segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def exif(turned: int, order: str = "<") -> bytes:
    mark = b"II*\x00" if order == "<" else b"MM\x00*"
    entry = struct.pack(f"{order}HHIHH", 0x0112, 3, 1, turned, 0)
    return b"Exif\x00\x00" + mark + struct.pack(f"{order}IH", 8, 1) + entry + struct.pack(f"{order}I", 0) + PLACE


def jpeg(*extra: bytes, tail: bytes = b"") -> bytes:
    """The frame of a JPEG: two scans, with a stuffed byte and a restart mark in the first."""
    scans = segment(0xDA, b"head") + b"\x01\xff\x00\x02\xff\xd0\x03" + segment(0xC4, b"\xff\xd9 in a table")
    ends = segment(0xDA, b"head") + b"\x04" + b"\xff\xd9"
    return b"\xff\xd8" + segment(0xE0, b"JFIF") + b"".join(extra) + segment(0xDB, b"q") + scans + ends + tail


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(*extra: bytes) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(extra) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("suffix", "given", "bare"),
    [
        (".jpg", jpeg(), jpeg()),
        (".jpg", jpeg(segment(0xFE, PLACE), segment(0xE2, PLACE), segment(0xED, PLACE)), jpeg()),
        (".jpg", jpeg(segment(0xE1, exif(1))), jpeg()),
        (".jpeg", jpeg(tail=PLACE), jpeg()),
        (".jpg", jpeg(segment(0xE1, b"http://ns.adobe.com/xap/1.0/" + PLACE)), jpeg()),
        (".png", png(), png()),
        (".png", png(chunk(b"tEXt", PLACE), chunk(b"eXIf", PLACE), chunk(b"tIME", PLACE)), png()),
        (".png", png() + PLACE, png()),
    ],
)
def test_what_travels_with_a_picture_is_taken_off(suffix: str, given: bytes, bare: bytes) -> None:
    assert without_metadata(given, suffix) == bare


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_picture_stays_turned_as_the_camera_was_held(order: str) -> None:
    bare = without_metadata(jpeg(segment(0xE1, exif(6, order))), ".jpg")
    assert PLACE not in bare
    assert b"\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06" in bare
    assert without_metadata(bare, ".jpg") == bare


@pytest.mark.parametrize(
    ("suffix", "given"),
    [
        (".jpg", jpeg()[:-9]),
        (".jpg", b"\xff\xd8\xff"),
        (".jpg", b"\xff\xd8 words"),
        (".png", png()[:-9]),
        (".png", jpeg()),
    ],
)
def test_half_a_picture_is_refused(suffix: str, given: bytes) -> None:
    with pytest.raises(ValidationError, match="cannot be read: save it again"):
        without_metadata(given, suffix)


@pytest.fixture
def mia(a_child: Build, a_user: Build, allocated: Build, signed_in: Build, settings: Any, tmp_path: Any) -> Any:
    settings.MEDIA_ROOT = tmp_path
    child, worker = a_child("Mia", "Jones"), a_user()
    allocated(child, worker)
    return child, signed_in(worker)


def give(mia: Any, name: str, inside: bytes) -> Any:
    child, client = mia
    return client.post(reverse("photo_changed", args=[child.pk]), {"photo": SimpleUploadedFile(name, inside)})


@pytest.mark.django_db
def test_a_photo_is_shown_on_the_childs_page_and_taken_away_again(mia: Any) -> None:
    child, client = mia
    page, photo = reverse("child", args=[child.pk]), reverse("child_photo", args=[child.pk])
    assert client.get(photo).status_code == 404
    assert give(mia, "mia.jpg", jpeg(segment(0xFE, PLACE))).status_code == 302
    assert f'src="{photo}?v=2"' in client.get(page).content.decode()
    answer = client.get(photo)
    assert b"".join(answer.streaming_content) == jpeg()
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Cache-Control"] == "private, max-age=600"
    assert answer["X-Content-Type-Options"] == "nosniff"
    client.post(reverse("photo_changed", args=[child.pk]), {"remove": "yes"})
    assert photo not in client.get(page).content.decode().replace(f"{photo}/change", "")
    child.refresh_from_db()
    assert [bool(version.photo) for version in child.history.order_by("history_id")] == [False, True, False]
    assert AuditEvent.objects.filter(child_id=child.pk, what="photo changed").count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "inside", "sentence"),
    [
        ("mia.pdf", b"%PDF-1.7", "mia.pdf is not a picture"),
        ("mia.png", jpeg(), "mia.png is not a png file inside"),
        ("mia.jpg", jpeg()[:-9], "The picture cannot be read"),
        ("mia.gif", b"GIF89a", "mia.gif is not a picture"),
    ],
)
def test_what_is_no_photo_is_refused_in_a_sentence(mia: Any, name: str, inside: bytes, sentence: str) -> None:
    answer = give(mia, name, inside)
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    mia[0].refresh_from_db()
    assert not mia[0].photo


@pytest.mark.django_db
def test_a_large_photo_is_refused(mia: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LARGEST_PHOTO", 20)
    assert "larger than 5 MB" in give(mia, "mia.jpg", jpeg()).content.decode()


@pytest.mark.django_db
def test_the_photo_is_for_whoever_may_see_the_child(mia: Any, a_user: Build, signed_in: Build) -> None:
    child, _ = mia
    give(mia, "mia.jpg", jpeg())
    photo = reverse("child_photo", args=[child.pk])
    statuses = {
        role: signed_in(a_user(role=role)).get(photo).status_code for role in ("health", "social_worker", "analyst")
    }
    assert statuses == {"health": 200, "social_worker": 404, "analyst": 403}
