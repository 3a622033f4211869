"""The files of the pages, by the names that hold what is in them."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    """Says the address of a file once a process: every page asks for the same few."""

    def __init__(self, *given: object, **named: object) -> None:
        super().__init__(*given, **named)
        self._addresses: dict[str, str] = {}

    def url(self, name: str, force: bool = False) -> str:
        """The address; the files are collected before a process serves, and stay."""
        known = self._addresses.get(name)
        if known is None:
            known = self._addresses[name] = str(super().url(name, force))
        return known
