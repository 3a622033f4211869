"""Files given on the page: kept privately, archives unpacked with care, and removed when they are not needed."""

from __future__ import annotations

import json
import lzma
import secrets
import shutil
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile, ZipInfo, is_zipfile

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

if TYPE_CHECKING:
    Given = UploadedFile[Any]
else:
    Given = UploadedFile
"""A file as it was given."""
MB = 1024**2
SUFFIXES = (".csv", ".txt", ".tsv", ".xml", ".xlsx", ".xls", ".json", ".parquet", ".zip")
MOST_FILES = 400
ARCHIVE = "archive"
"""Where an archive lies while it is unpacked."""
DAMAGED = (BadZipFile, RuntimeError, NotImplementedError, EOFError, zlib.error, lzma.LZMAError)
"""What an archive raises that is damaged, cut short, packed in a rare way or shut by a password."""


class NotStagedError(Exception):
    """The files cannot be taken; the message is one sentence that says why and what to do."""


def most_bytes() -> int:
    """How much may be given at once, unpacked."""
    return int(settings.HEARTH_UPLOAD_MB) * MB


def folder_of(token: str) -> Path:
    """The private folder of an upload."""
    return Path(settings.HEARTH_FOLDER) / "intake" / token


def stage(files: Iterable[Given]) -> tuple[str, list[str]]:
    """Keeps the files in a private folder of their own; gives its token and the files' names.

    Raises NotStagedError for files that are too large, too many, of another kind, or an archive that is damaged.
    """
    token = secrets.token_urlsafe(24)
    into = folder_of(token) / "files"
    into.mkdir(parents=True, mode=0o700)
    folder_of(token).chmod(0o700)
    try:
        names = [_keep(file, into) for file in files]
        _check_size(into)
    except NotStagedError:
        remove(token)
        raise
    except OSError as error:
        remove(token)
        raise NotStagedError(f"The files cannot be kept here: {error.strerror or error}") from error
    return token, names


def remove(token: str) -> None:
    """Removes the files of an upload for good."""
    shutil.rmtree(folder_of(token), ignore_errors=True)


def source_of(token: str) -> Path:
    """Where the source lies: the one file given, else the folder; a folder around everything is looked into."""
    at = folder_of(token) / "files"
    while len(inside := sorted(at.iterdir())) == 1:
        at = inside[0]
        if at.is_file():
            return at if at.suffix.lower() in (".xml", ".xlsx", ".xls") else at.parent
    return at


def tell(token: str, **said: Any) -> None:
    """Notes how far the work on an upload is, in a file: the database is busy with the load itself."""
    at = folder_of(token) / "progress.json"
    if at.parent.is_dir():
        beside = at.with_suffix(".new")
        beside.write_text(json.dumps(said), encoding="utf-8")
        beside.replace(at)


def told(token: str) -> Mapping[str, Any]:
    """How far the work is; empty when nothing is known."""
    try:
        found = json.loads((folder_of(token) / "progress.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _keep(file: Given, into: Path) -> str:
    name = PurePosixPath(str(file.name or "").replace("\\", "/")).name
    if not name or name.startswith(".") or not name.lower().endswith(SUFFIXES):
        raise NotStagedError(f"{name or 'A file'} is not taken: give CSV, XML, Excel or zip files")
    at = _free(into / name)
    with at.open("xb") as kept:
        for part in file.chunks():
            kept.write(part)
    if name.lower().endswith(".xlsx") and is_zipfile(at):
        _refuse_too_much(at, name)
    if not name.lower().endswith(".zip"):
        return name
    archive = at.rename(into.parent / ARCHIVE)
    left_out = _unpack(archive, name, into)
    archive.unlink()
    return f"{name} ({', '.join(left_out)} left out)" if left_out else name


def _refuse_too_much(workbook: Path, name: str) -> None:
    """A workbook is an archive too, which is read into memory whole."""
    try:
        with ZipFile(workbook) as opened:
            unpacked = sum(item.file_size for item in opened.infolist())
    except DAMAGED:
        return  # what is damaged is said where it is read
    if unpacked > most_bytes():
        raise NotStagedError(f"{name} holds too much: give up to {settings.HEARTH_UPLOAD_MB} MB at once, unpacked")


def _free(at: Path) -> Path:
    """The place, where nothing lies yet: no file takes the place of another unsaid."""
    if at.exists():
        raise NotStagedError(f"Two of the files are called {at.name}: give each its own name, or leave one out")
    return at


def _unpack(archive: Path, name: str, into: Path) -> list[str]:
    """Unpacks an archive: only files of known kinds, each within the folder, all together no larger than allowed.

    Gives the names of the others, which are left out.
    """
    if not is_zipfile(archive):
        raise NotStagedError(f"{name} is damaged or no zip file: make it again")
    try:
        with ZipFile(archive) as opened:
            held = [item for item in opened.infolist() if not item.is_dir() and not _is_hidden(item)]
            wanted = [item for item in held if item.filename.lower().endswith(SUFFIXES[:-1])]
            if len(wanted) > MOST_FILES or sum(item.file_size for item in wanted) > most_bytes():
                raise NotStagedError(f"{name} holds too much: give up to {settings.HEARTH_UPLOAD_MB} MB at once")
            for item in wanted:
                _unpack_one(opened, item, into)
    except DAMAGED as error:
        raise NotStagedError(f"{name} cannot be unpacked: make it again without a password") from error
    return [item.filename for item in held if item not in wanted]


def _is_hidden(item: ZipInfo) -> bool:
    """Whether it is what systems put beside the files that people packed, or lies outside the archive."""
    parts = PurePosixPath(item.filename).parts
    return not parts or any(part.startswith((".", "__")) for part in parts)


def _unpack_one(opened: ZipFile, item: ZipInfo, into: Path) -> None:
    """Writes one file; never more of it than the archive's list says, whatever is packed."""
    parts = [part for part in PurePosixPath(item.filename).parts if part not in ("/", "..")]
    at = _free(into.joinpath(*parts))
    if not at.resolve().is_relative_to(into.resolve()):
        raise NotStagedError(f"{item.filename} lies outside the archive: make the zip file again")
    at.parent.mkdir(parents=True, exist_ok=True)
    with opened.open(item) as packed, at.open("wb") as kept:
        kept.write(packed.read(item.file_size + 1)[: item.file_size])


def _check_size(into: Path) -> None:
    whole = sum(path.stat().st_size for path in into.rglob("*") if path.is_file())
    if whole > most_bytes():
        raise NotStagedError(f"The files are {whole / MB:,.0f} MB: give up to {settings.HEARTH_UPLOAD_MB} MB at once")
    if not any(path.is_file() for path in into.rglob("*")):
        raise NotStagedError("The files given hold nothing that can be read: give CSV, XML, Excel or zip files")
