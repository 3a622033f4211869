"""The photo of a child: made anew, small, upright and bare; shown to those who may see the child, kept nowhere else."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given as drawn
from hypothesis import settings as how_often
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from hearth.web.access.models import AuditEvent
from hearth.web.children import files
from hearth.web.children.pictures import LONGEST, as_kept

Build = Callable[..., Any]
PLACE = "53.7960 N 1.7594 W"
RED, BLUE = (200, 30, 30), (30, 30, 200)
TURNED, MADE_BY, TAKEN_AT = 0x0112, 0x010F, 0x8825


def a_picture(width: int = 80, height: int = 40, mode: str = "RGB") -> Image.Image:
    """Red on the left half, blue on the right."""
    picture = Image.new("RGB", (width, height), RED)
    picture.paste(BLUE, (width // 2, 0, width, height))
    return picture.convert(mode)


def saved(picture: Image.Image, kind: str = "JPEG", **how: Any) -> bytes:
    inside = BytesIO()
    picture.save(inside, kind, **how)
    return inside.getvalue()


def told(turned: int = 1) -> Image.Exif:
    """What a camera writes beside the picture: how it was held, what it is, where it was."""
    exif = Image.Exif()
    exif[TURNED], exif[MADE_BY] = turned, PLACE
    exif.get_ifd(TAKEN_AT)[1] = "N"
    return exif


def with_words() -> PngInfo:
    words = PngInfo()
    words.add_text("Comment", PLACE)
    words.add_itxt("Place", PLACE, zip=True)
    return words


def looks(picture: bytes) -> Image.Image:
    return Image.open(BytesIO(picture)).convert("RGB")


def is_like(dot: Any, colour: tuple[int, int, int]) -> bool:
    return all(abs(one - other) < 40 for one, other in zip(dot, colour, strict=True))


@pytest.mark.parametrize(
    ("given", "size"),
    [
        (saved(a_picture()), (80, 40)),
        (saved(a_picture(), exif=told(), comment=PLACE.encode(), icc_profile=PLACE.encode()), (80, 40)),
        (saved(a_picture()) + PLACE.encode(), (80, 40)),
        (saved(a_picture(), "PNG", pnginfo=with_words(), exif=told()), (80, 40)),
        (saved(a_picture(mode="P"), "PNG"), (80, 40)),
        (saved(a_picture(mode="RGBA"), "PNG"), (80, 40)),
        (saved(a_picture(mode="CMYK")), (80, 40)),
        (saved(a_picture(), "MPO", save_all=True, append_images=[a_picture()], exif=told()), (80, 40)),
        (saved(a_picture(4000, 2000)), (512, 256)),
        (saved(a_picture(900, 1800), "PNG"), (256, 512)),
    ],
)
def test_a_photo_is_kept_small_and_without_what_travels_with_it(given: bytes, size: tuple[int, int]) -> None:
    kept = as_kept(given)
    assert PLACE.encode() not in kept
    found = Image.open(BytesIO(kept))
    assert (found.format, found.mode, found.size) == ("JPEG", "RGB", size)
    assert not found.getexif()
    assert set(found.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    quarter = size[0] // 4, size[1] // 2
    assert is_like(looks(kept).getpixel(quarter), RED)
    assert is_like(looks(kept).getpixel((size[0] - quarter[0], quarter[1])), BLUE)


@pytest.mark.parametrize(
    ("turned", "size", "red_at"),
    [
        (1, (80, 40), (10, 20)),
        (2, (80, 40), (70, 20)),
        (3, (80, 40), (70, 20)),
        (6, (40, 80), (20, 10)),
        (8, (40, 80), (20, 70)),
        (99, (80, 40), (10, 20)),
    ],
)
def test_a_photo_stands_upright_however_the_camera_was_held(
    turned: int, size: tuple[int, int], red_at: tuple[int, int]
) -> None:
    kept = looks(as_kept(saved(a_picture(), exif=told(turned))))
    assert kept.size == size
    assert is_like(kept.getpixel(red_at), RED)


def test_what_can_be_seen_through_stands_on_white() -> None:
    kept = looks(as_kept(saved(Image.new("RGBA", (20, 20), (0, 0, 0, 0)), "PNG")))
    assert is_like(kept.getpixel((10, 10)), (255, 255, 255))


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def claiming(width: int, height: int) -> bytes:
    """A PNG of a hundred bytes that says it has so many dots."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (saved(a_picture())[:-200], "cannot be read: save it again"),
        (saved(a_picture(), "PNG")[:-30], "cannot be read: save it again"),
        (b"\xff\xd8\xff", "cannot be read: save it again"),
        (b"\xff\xd8 words", "cannot be read: save it again"),
        (b"", "cannot be read: save it again"),
        (saved(a_picture(), "GIF"), "cannot be read: save it again"),
        (saved(a_picture(), "WEBP"), "cannot be read: save it again"),
        (saved(a_picture(), "TIFF"), "cannot be read: save it again"),
        (claiming(400, 400), "cannot be read: save it again"),
        (claiming(9_000, 9_000), "The picture is 9,000 by 9,000 dots: that is more than 50 million dots"),
        (claiming(60_000, 60_000), "more than 50 million dots: choose a smaller picture"),
        (saved(Image.new("I;16", (20, 20)), "PNG"), "colours in a way that few programs read"),
    ],
)
def test_what_is_no_photo_of_a_size_to_open_is_refused_in_a_sentence(given: bytes, sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        as_kept(given)


WHOLE = [saved(a_picture(), exif=told(6), comment=b"x"), saved(a_picture(), "PNG", pnginfo=with_words(), exif=told())]


@how_often(max_examples=300, deadline=None)
@drawn(st.sampled_from(WHOLE), st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 255)), min_size=1, max_size=6))
def test_a_damaged_photo_is_kept_or_refused_and_never_fails(whole: bytes, damage: list[tuple[int, int]]) -> None:
    given = bytearray(whole)
    for at, byte in damage:
        given[at % len(given)] = byte
    try:
        kept = as_kept(bytes(given))
    except ValidationError as refused:
        assert refused.messages[0].endswith("again") or "smaller" in refused.messages[0]
    else:
        assert max(looks(kept).size) <= LONGEST


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
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photo_is_shown_on_the_childs_page_and_taken_away_again(mia: Any, kind: str) -> None:
    child, client = mia
    page, photo = reverse("child", args=[child.pk]), reverse("child_photo", args=[child.pk])
    assert client.get(photo).status_code == 404
    assert give(mia, f"Mia at school.{kind.lower()}", saved(a_picture(900, 900), kind)).status_code == 302
    assert f'src="{photo}?v=2"' in client.get(page).content.decode()
    answer = client.get(photo)
    assert looks(b"".join(answer.streaming_content)).size == (512, 512)
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
        ("mia.png", saved(a_picture()), "mia.png is not a png file inside"),
        ("mia.jpg", saved(a_picture())[:-200], "The picture cannot be read"),
        ("mia.png", claiming(60_000, 60_000), "more than 50 million dots"),
        ("mia.heic", b"....ftypheic", "mia.heic is not a picture"),
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
    assert "larger than 10 MB" in give(mia, "mia.jpg", saved(a_picture())).content.decode()


@pytest.mark.django_db
def test_the_photo_is_for_whoever_may_see_the_child(mia: Any, a_user: Build, signed_in: Build) -> None:
    child, _ = mia
    give(mia, "mia.jpg", saved(a_picture()))
    photo = reverse("child_photo", args=[child.pk])
    statuses = {
        role: signed_in(a_user(role=role)).get(photo).status_code for role in ("health", "social_worker", "analyst")
    }
    assert statuses == {"health": 200, "social_worker": 404, "analyst": 403}
