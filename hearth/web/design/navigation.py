"""The links of the service navigation: each person sees the pages that the policy gives their role."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Link:
    """A place to go: its words, its address, whether addresses below it belong to it, and what is there."""

    words: str
    url: str
    count: int | None = None
    is_section: bool = True
    about: str = ""

    def is_here(self, path: str) -> bool:
        """Whether a page at the path is this place or within it."""
        return path == self.url or (self.is_section and self.url != "/" and path.startswith(self.url))
