"""A picture without what travels with it unseen: place, time, camera, thumbnail, comments; how it is turned stays."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from django.core.exceptions import ValidationError

EXIF = b"Exif\x00\x00"
UNREADABLE = "The picture cannot be read: save it again as JPEG or PNG and choose it again"
SCAN, END, EXIF_SEGMENT, COMMENT, ADOBE = 0xDA, 0xD9, 0xE1, 0xFE, 0xEE
OF_APPLICATIONS = range(0xE0, 0xF0)
KEPT_CHUNKS = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"pHYs"})
"""The parts of a PNG that make the picture."""
PNG_START = b"\x89PNG\r\n\x1a\n"
ORIENTATION = 0x0112


def without_metadata(picture: bytes, suffix: str) -> bytes:
    """The same picture, bare. ``suffix``: ".png", ".jpg" or ".jpeg".

    Raises Django's validation error when the bytes are not a whole picture of that kind.
    """
    try:
        return WAYS[suffix](picture)
    except (IndexError, ValueError):
        raise ValidationError(UNREADABLE) from None


def _png(picture: bytes) -> bytes:
    if not picture.startswith(PNG_START):
        raise ValueError("not a PNG")
    kept, at = [PNG_START], len(PNG_START)
    while True:
        size = int.from_bytes(picture[at : at + 4], "big")
        kind, whole = picture[at + 4 : at + 8], picture[at : at + 12 + size]
        if len(whole) < 12 + size:
            raise ValueError("cut short")
        if kind in KEPT_CHUNKS:
            kept.append(whole)
        if kind == b"IEND":
            return b"".join(kept)
        at += 12 + size


def _jpeg(picture: bytes) -> bytes:
    if picture[:2] != b"\xff\xd8":
        raise ValueError("not a JPEG")
    kept, at, turned = [picture[:2]], 2, 1
    while picture[at + 1] != END:
        marker = picture[at + 1]
        if picture[at] != 0xFF or marker < 0xC0:
            raise ValueError("no segment begins here")
        until = at + 2 + int.from_bytes(picture[at + 2 : at + 4], "big")
        part = picture[at : _after_scan(picture, until) if marker == SCAN else until]
        if marker == EXIF_SEGMENT and part[4:10] == EXIF:
            turned = _orientation(part[10:])
        if not (marker == COMMENT or (marker in OF_APPLICATIONS and marker not in (0xE0, ADOBE))):
            kept.append(part)
        at += len(part)
    if turned in range(2, 9):
        kept.insert(1, _only_orientation(turned))
    return b"".join(kept) + b"\xff\xd9"


def _after_scan(picture: bytes, at: int) -> int:
    """Where the coded picture ends: at the first marker that is neither a stuffed byte nor a restart."""
    while True:
        at = picture.index(b"\xff", at)
        if picture[at + 1] != 0 and picture[at + 1] not in range(0xD0, 0xD8):
            return at
        at += 2


def _orientation(tiff: bytes) -> int:
    """How the camera was held, 1 to 8; 1 where it is not said."""
    if tiff[:2] not in (b"II", b"MM"):
        return 1

    def number(at: int, size: int) -> int:
        return int.from_bytes(tiff[at : at + size], "little" if tiff[:2] == b"II" else "big")

    first = number(4, 4)
    entries = (first + 2 + 12 * place for place in range(number(first, 2)))
    return next((number(at + 8, 2) for at in entries if number(at, 2) == ORIENTATION), 1)


def _only_orientation(turned: int) -> bytes:
    entry = ORIENTATION.to_bytes(2, "big") + b"\x00\x03\x00\x00\x00\x01" + turned.to_bytes(2, "big") + b"\x00\x00"
    body = EXIF + b"MM\x00*\x00\x00\x00\x08\x00\x01" + entry + b"\x00\x00\x00\x00"
    return b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body


WAYS: Mapping[str, Callable[[bytes], bytes]] = MappingProxyType({".png": _png, ".jpg": _jpeg, ".jpeg": _jpeg})
