"""Addresses of what is recorded in this area."""

from __future__ import annotations

from hearth.web.children.sheets import addresses
from hearth.web.health.forms import KINDS

urlpatterns = addresses.of(KINDS)
