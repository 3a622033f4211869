"""The column kinds that every table is made of, so that a code, a day or an identifier means the same everywhere."""

from __future__ import annotations

import dataframely as dy


def text(about: str, *, key: bool = False, required: bool = False) -> dy.String:
    """Free text or an identifier; identifiers are text, so "0042" keeps its zeros."""
    return dy.String(description=about, primary_key=key, nullable=not (key or required))


def code(list_name: str, about: str, *, key: bool = False, required: bool = False) -> dy.String:
    """A code from ``tables/codes/<list_name>.csv``."""
    return dy.String(description=about, primary_key=key, nullable=not (key or required), metadata={"codes": list_name})


def day(about: str, *, key: bool = False, required: bool = False) -> dy.Date:
    """A calendar day."""
    return dy.Date(description=about, primary_key=key, nullable=not (key or required))


def moment(about: str) -> dy.Datetime:
    """A day and time of day, UK local time, without zone."""
    return dy.Datetime(description=about, nullable=True, time_unit="us")


def yes_no(about: str) -> dy.Bool:
    """True, False, or null for not known."""
    return dy.Bool(description=about, nullable=True)


def whole(about: str) -> dy.Int64:
    """A whole number."""
    return dy.Int64(description=about, nullable=True)


def number(about: str) -> dy.Float64:
    """A number with decimals."""
    return dy.Float64(description=about, nullable=True)
