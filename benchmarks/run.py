"""Times whole commands: median of five, start of Python included, at one size and ten times that; prints the table.

Run with `make bench`; `make bench-national` adds England (slow). Input is made once in a temporary folder.
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

HEARTH = (sys.executable, "-m", "hearth")
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""As on a user's machine, where Python keeps what it has compiled."""
RUNS = 5
AS_OF = "2026-03-31"


COUNCIL, TEN_COUNCILS, ENGLAND = (1_000, 1), (8_000, 15), (80_000, 153)
"""Children in care now, and over how many authorities they are spread."""
LISTS = (
    ("due` within 30 days", {COUNCIL: "under 1 s", ENGLAND: "under 30 s"}, "due", "--days", "30", "--format", "csv"),
    ("forecast` by team", {COUNCIL: "under 2 s"}, "forecast", "--by", "team", "--format", "csv"),
)


@dataclass(frozen=True)
class Timing:
    """Seconds of wall time (median) and the most memory used (MB) of one command."""

    name: str
    seconds: float
    megabytes: float
    limit: str

    def row(self) -> str:
        """The timing as a row of a Markdown table."""
        return f"| {self.name} | {self.seconds:.2f} s | {self.megabytes:,.0f} MB | {self.limit} |"


def run(*arguments: str, also: tuple[int, ...] = ()) -> tuple[float, float]:
    """Runs the command once: seconds and the most memory it held, MB; ``also``: other statuses that are no failure."""
    started = time.perf_counter()
    done = subprocess.Popen([*HEARTH, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=ENVIRONMENT)
    said = done.stderr.read() if done.stderr else b""
    _, status, used = os.wait4(done.pid, 0)
    done.returncode = os.waitstatus_to_exitcode(status)
    if done.returncode not in (0, *also):
        raise SystemExit(f"hearth {' '.join(arguments)} failed: {said.decode()[-2000:]}")
    return time.perf_counter() - started, used.ru_maxrss / 1024


def timed(name: str, limit: str, *arguments: str, runs: int = RUNS, also: tuple[int, ...] = ()) -> Timing:
    """The median of several runs of one command."""
    results = [run(*arguments, also=also) for _ in range(runs)]
    timing = Timing(name, statistics.median(s for s, _ in results), max(m for _, m in results), limit)
    print(timing.row(), flush=True)
    return timing


def made(folder: Path, children: int, authorities: int = 1, kind: str = "hearth") -> Path:
    """A made-up authority of that size, made once."""
    out = folder / f"{kind}-{children}"
    if not out.exists():
        more = ("--children", str(children), "--years", "10", "--seed", "1", "--authorities", str(authorities))
        run("generate", str(out), "--kind", kind, *more)
    return out


def council(folder: Path) -> None:
    """What one council runs on a Monday: 1,000 children in care and ten years of history."""
    source, card = made(folder, 1000), str(folder / "scorecard.html")
    timed("`hearth --help`", "under 0.3 s", "--help")
    timed("`hearth measures`", "under 1 s", "measures", "--format", "json")
    timed("`hearth duties`", "under 1 s", "duties", "--format", "json")
    timed("scorecard, 1,000 children", "under 2 s and 500 MB", "report", str(source), "--as-of", AS_OF, "-o", card)
    timed("`hearth drift`, 1,000 children", "under 1 s", "drift", str(source), "--as-of", AS_OF, "--format", "csv")
    one_child(source)


def one_child(source: Path) -> None:
    """What the web does on each save: the duties of one child, all of them and those that a visit can have changed."""
    import polars as pl

    from hearth.returns.source import open_source
    from hearth.timescales.engine import occurrences
    from hearth.timescales.limits import national

    whole = open_source(source, authority=None)
    child = whole["episodes"]["child_id"].unique().sort()[100]
    tables = {name: table.filter(pl.col("child_id") == child) for name, table in _of_children(whole.tables).items()}
    for name, goal, touched in (("all duties", "under 60 ms", None), ("after a visit", "", {"visits"})):
        seconds = []
        for _ in range(RUNS * 4):
            record = replace(whole, tables=tables)
            started = time.perf_counter()
            occurrences(record, limits=national(), touched=touched, subject="child")
            seconds.append(time.perf_counter() - started)
        print(f"| one child worked out again, {name} | {1000 * statistics.median(seconds):.0f} ms | | {goal} |")


def _of_children(tables: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    return {name: table for name, table in tables.items() if "child_id" in table.columns}


def lists(folder: Path, sizes: Sequence[tuple[int, int]]) -> None:
    """What is owed and what is to come, at growing sizes, and how they grow."""
    for name, goals, command, *words in LISTS:
        seconds = {}
        for size in sizes:
            source, runs = made(folder, *size), RUNS if size == COUNCIL else 1
            asked = (command, str(source), "--as-of", AS_OF, *words)
            found = timed(f"`hearth {name}, {size[0]:,} children", goals.get(size, ""), *asked, runs=runs)
            seconds[size] = found.seconds
        if ENGLAND in seconds:
            times = seconds[ENGLAND] / seconds[TEN_COUNCILS]
            print(f"| growth of `{command}`, 8,000 to 80,000 children | {times:.1f} times | | at most 10.5 times |")


RETURNS = (
    (640, "under 1 s"),
    (6_400, "under 1.6 s and 800 MB"),
    (4_270, ""),
    (42_600, "under 6 s and 3 GB"),
)
"""Children in care now, whose return lists nearly twice as many: 1,200, 12,000, 8,000 and 80,000."""
FINDINGS = (1,)
"""The status that says that something was found."""


def returns(folder: Path) -> None:
    """All rules over this and last year's return, with providers and postcodes."""
    seconds = {}
    for children, limit in RETURNS:
        source = made(folder, children, kind="ssda903")
        header = source / "this_year" / "header.csv"
        listed = sum(1 for _ in header.open(encoding="utf-8")) - 1
        asked = ("check", str(source / "this_year"), "--last-year", str(source / "prev_year"))
        more = ("--providers", str(source / "providers.csv"), "--format", "json", "-o", str(folder / "found.json"))
        name = f"`hearth check`, all rules, {listed:,} children"
        seconds[children] = timed(name, limit, *asked, *more, also=FINDINGS).seconds
    times = seconds[42_600] / seconds[4_270]
    print(f"| growth from 8,000 to 80,000 children | {times:.1f} times | | at most 10.5 times |")


def growth(folder: Path, sizes: Sequence[tuple[int, int, int]]) -> None:
    """All measures, 13 months, every authority, at growing sizes; the last is England."""
    seconds = []
    for children, authorities, runs in sizes:
        source = made(folder, children, authorities)
        asked = ("measure", str(source), "--as-of", AS_OF, "--months", "13", "--by", "authority", "--format", "csv")
        limit = "under 60 s and 8 GB" if children >= 80_000 else ""
        seconds.append(timed(f"all measures, 13 months, {children:,} children", limit, *asked, runs=runs).seconds)
    for (small, _, _), (large, _, _), a, b in zip(sizes, sizes[1:], seconds, seconds[1:], strict=False):
        print(f"| growth {small:,} to {large:,} children | {b / a:.1f} times | | at most 10.5 times |")


def main() -> None:
    """Prints the table."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {memory:.0f} GiB; median of {RUNS} runs.\n")
    print("| command | wall time | memory | goal |\n| --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory(prefix="hearth-bench-") as folder:
        council(Path(folder))
        returns(Path(folder))
        national = "--national" in sys.argv
        lists(Path(folder), [COUNCIL, TEN_COUNCILS, *([ENGLAND] if national else [])])
        growth(Path(folder), [(8_000, 15, 3), (80_000, 153, 1)] if national else [(1_000, 1, RUNS), (10_000, 10, 3)])


if __name__ == "__main__":
    main()
