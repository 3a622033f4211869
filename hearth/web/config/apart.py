"""Work in a process of its own, so that pages stay quick: a command of ``hearth manage``, begun and left to run."""

from __future__ import annotations

import os
import subprocess  # nosec B404 - runs this very program
import sys
from typing import IO


def begin(*words: str, said: IO[bytes] | int = subprocess.DEVNULL) -> int:
    """Begins ``hearth manage`` with these words; what it says goes to ``said``. Gives the number of the process."""
    started = subprocess.Popen(  # noqa: S603  # nosec B603 - our own words and numbers
        [sys.executable, "-m", "hearth", "manage", *words],
        stdin=subprocess.DEVNULL,
        stdout=said,
        stderr=said,
        start_new_session=True,
        env=os.environ,
    )
    return started.pid
