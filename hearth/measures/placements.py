"""Measures of homes: how often children move, what kind of home they live in, whose it is and how far away."""

from __future__ import annotations

from hearth.measures import placement_distance, placement_stability, placement_types

MEASURES = (*placement_stability.MEASURES, *placement_types.MEASURES, *placement_distance.MEASURES)
