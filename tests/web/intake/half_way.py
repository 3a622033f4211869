"""Run as a program: loads a made-up authority into the database of the environment, and waits half-way to be killed."""

from __future__ import annotations

import sys
import time
from datetime import date

import django


def load(*, is_waiting: bool) -> None:
    """Loads; when waiting, says "half-way" once most rows are written and goes no further."""
    from hearth.synthetic.authority import make
    from hearth.web.intake import frames, loading

    def progress(table: str, _done: int, _whole: int) -> None:
        if is_waiting and table == "care_plans":
            sys.stdout.write("half-way\n")
            sys.stdout.flush()
            time.sleep(300)

    record = make(20, 2, 1, as_of=date(2026, 3, 31))
    options = loading.Options("made up", None, date(2026, 3, 31))
    loading.load(record, frames.plan(record, options.today), options, progress)


if __name__ == "__main__":
    django.setup()
    load(is_waiting="wait" in sys.argv)
