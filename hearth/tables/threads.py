"""How many threads Polars works on."""

from __future__ import annotations

import os

import polars as pl

THREADS = "POLARS_MAX_THREADS"
"""What tells Polars how many threads it may begin, which it does when it is first used."""


def work_on_one() -> None:
    """Has Polars work in this process on one thread, unless it is told otherwise: for what is too little to share out.

    A process begun from here is not bound by it.
    """
    if THREADS not in os.environ:
        os.environ[THREADS] = "1"
        pl.thread_pool_size()
        del os.environ[THREADS]
