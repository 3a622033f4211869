"""Why a rule cannot run: not an error, but a fact that the person who checks must be told."""

from __future__ import annotations


class UnavailableError(Exception):
    """What a rule needs and the return, or the metadata, does not have; the message follows "not run, because"."""
