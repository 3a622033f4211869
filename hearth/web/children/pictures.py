"""A photo as it is kept: made anew from its dots, upright and small, so that nothing else comes with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from django.core.exceptions import ValidationError
from PIL import Image, ImageOps

LONGEST = 512
"""Dots of the longer side: pages show a photo 64 wide, and the sharpest screens want four dots for one."""
MOST_DOTS = 50_000_000
"""A camera of 50 megapixels; what claims more fills the memory when it is opened."""
KINDS = ("JPEG", "PNG")
"""Of a JPEG that holds several pictures, as many telephones make them, the first is taken."""
PLAIN = frozenset({"1", "L", "LA", "P", "PA", "RGB", "RGBA", "CMYK", "YCbCr"})
"""Ways of keeping colours that are turned into red, green and blue without loss that can be seen."""
QUALITY = 85
UNREADABLE = "The picture cannot be read: save it again as JPEG or PNG and choose it again"
RARE = "The picture keeps its colours in a way that few programs read: save it again as JPEG and choose it again"


def as_kept(picture: bytes) -> bytes:
    """The picture as a JPEG of ``LONGEST`` dots at most, turned as the camera was held, bare of all that it carried.

    Raises Django's validation error, in a sentence, for what is no whole picture of ``KINDS`` or is too large.
    """
    with _opened(picture) as opened:
        opened.draft("RGB", (LONGEST, LONGEST))
        upright = ImageOps.exif_transpose(opened)
        upright.thumbnail((LONGEST, LONGEST))
        kept, plain = BytesIO(), _on_white(upright)
        plain.info.clear()
        plain.save(kept, "JPEG", quality=QUALITY, optimize=True)
    return kept.getvalue()


@contextmanager
def _opened(picture: bytes) -> Iterator[Image.Image]:
    """The picture, its size and colours checked before its dots are read; every failure becomes a sentence."""
    try:
        with Image.open(BytesIO(picture), formats=KINDS) as opened:
            _check(opened)
            yield opened
    except Image.DecompressionBombError:
        raise ValidationError(_too_large("That picture")) from None
    except (OSError, SyntaxError, ValueError, EOFError):
        # what Pillow raises for bytes that are none of the kinds, cut short or damaged
        raise ValidationError(UNREADABLE) from None


def _check(opened: Image.Image) -> None:
    if opened.width * opened.height > MOST_DOTS:
        raise ValidationError(_too_large(f"The picture is {opened.width:,} by {opened.height:,} dots: that"))
    if opened.mode not in PLAIN:
        raise ValidationError(RARE)


def _too_large(what: str) -> str:
    return f"{what} is more than {MOST_DOTS // 1_000_000} million dots: choose a smaller picture"


def _on_white(picture: Image.Image) -> Image.Image:
    """Red, green and blue alone; what can be seen through stands on white."""
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    seen = picture.convert("RGBA")
    white = Image.new("RGBA", seen.size, "white")
    return Image.alpha_composite(white, seen).convert("RGB")
