"""Which files are taken, and where they are put: out of the web's reach, of a kind and size that is safe to keep."""

from __future__ import annotations

import re
import uuid
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import models

LARGEST = 20 * 1024 * 1024
KINDS: dict[str, tuple[bytes, ...]] = {
    ".pdf": (b"%PDF-",),
    ".docx": (b"PK\x03\x04",),
    ".xlsx": (b"PK\x03\x04",),
    ".odt": (b"PK\x03\x04",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".mp3": (b"ID3", b"\xff\xfb", b"\xff\xf3"),
    ".txt": (),
}
"""The first bytes of each kind of file that is taken; none where the kind has none."""

PHOTOS = (".jpg", ".jpeg", ".png")
LARGEST_PHOTO = 10 * 1024 * 1024


def safe_name(name: str) -> str:
    """The file's own name without folders, control characters or what a file system or a header trips over."""
    bare = PurePath(name.replace("\\", "/")).name
    return re.sub(r"[^\w .()&,+-]|[\x00-\x1f]", "_", bare).strip(". ")[-150:] or "paper"


def where(_: models.Model, name: str) -> str:
    """Where a file is put: a name nobody can guess, that says nothing about the child."""
    return f"papers/{uuid.uuid4().hex}{PurePath(name).suffix.lower()}"


def valid_paper(file: File[bytes]) -> None:
    """Raises Django's validation error when the file is too large, of another kind, or not what its name says."""
    kind = PurePath(file.name or "").suffix.lower()
    if kind not in KINDS:
        raise ValidationError(f"{file.name} cannot be kept: choose one of {', '.join(sorted(KINDS))}")
    if file.size > LARGEST:
        raise ValidationError(f"{file.name} is larger than 20 MB: choose a smaller file, or several")
    start = file.read(16)
    file.seek(0)
    if KINDS[kind] and not start.startswith(KINDS[kind]):
        raise ValidationError(f"{file.name} is not a {kind[1:]} file inside: save it again and choose it again")
    if not KINDS[kind] and b"\x00" in start:
        raise ValidationError(f"{file.name} is not plain text: save it again and choose it again")


def valid_photo(file: File[bytes]) -> None:
    """Raises Django's validation error when the file is not a picture."""
    if PurePath(file.name or "").suffix.lower() not in PHOTOS:
        raise ValidationError(f"{file.name} is not a picture: choose a file that ends in {', '.join(PHOTOS)}")
    if file.size > LARGEST_PHOTO:
        raise ValidationError(f"{file.name} is larger than 10 MB: choose a smaller picture")
    valid_paper(file)
