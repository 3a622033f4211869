"""Files given on the page: kept privately, archives unpacked with care, and removed when they are not needed."""

from __future__ import annotations

import json
import secrets
import shutil
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
NEVER = "/\\\0"


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
    except (NotStagedError, OSError):
        remove(token)
        raise
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
    at = into / name
    with at.open("xb") as kept:
        for part in file.chunks():
            kept.write(part)
    if name.lower().endswith(".zip"):
        _unpack(at, into)
        at.unlink()
    return name


def _unpack(archive: Path, into: Path) -> None:
    """Unpacks an archive: only files of known kinds, each within the folder, all together no larger than allowed."""
    if not is_zipfile(archive):
        raise NotStagedError(f"{archive.name} is damaged or no zip file: make it again")
    try:
        with ZipFile(archive) as opened:
            wanted = [item for item in opened.infolist() if not item.is_dir() and _is_wanted(item)]
            if len(wanted) > MOST_FILES or sum(item.file_size for item in wanted) > most_bytes():
                raise NotStagedError(
                    f"{archive.name} holds too much: give up to {settings.HEARTH_UPLOAD_MB} MB at once"
                )
            for item in wanted:
                _unpack_one(opened, item, into)
    except (BadZipFile, RuntimeError, NotImplementedError) as error:
        raise NotStagedError(f"{archive.name} cannot be unpacked: make it again without a password") from error


def _is_wanted(item: ZipInfo) -> bool:
    parts = PurePosixPath(item.filename).parts
    return (
        bool(parts) and not any(p.startswith((".", "__")) for p in parts) and parts[-1].lower().endswith(SUFFIXES[:-1])
    )


def _unpack_one(opened: ZipFile, item: ZipInfo, into: Path) -> None:
    """Writes one file; never more of it than the archive's list says, whatever is packed."""
    parts = [part for part in PurePosixPath(item.filename).parts if part not in ("/", "..")]
    at = into.joinpath(*parts)
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
