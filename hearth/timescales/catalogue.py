"""The catalogue of duties: every duty of the handbook in words, and those that the tables can tell as declarations."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from hearth.timescales import health, reviews, short_breaks, visits
from hearth.timescales.duty import Duty

DECLARED = (*reviews.DUTIES, *visits.DUTIES, *short_breaks.DUTIES, *health.DUTIES)
DUTIES: Mapping[str, Duty] = MappingProxyType({duty.id: duty for duty in DECLARED})
"""The duties that are computed, by id; within a clock the first that fits a link has it."""
