"""Brings the page components in before a wheel is built, so that the wheel has them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Hook(BuildHookInterface):  # type: ignore[type-arg]  # named by hatchling
    """Runs `python -m assets.bring`; not for an editable install, where `make` does it."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Raises CalledProcessError when they cannot be brought."""
        if version != "editable" and self.target_name == "wheel":
            root = Path(self.root)
            subprocess.run([sys.executable, "-m", "assets.bring"], cwd=root, check=True)
