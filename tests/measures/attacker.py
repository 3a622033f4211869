"""An attacker who reads a published table: what is the least and the most each withheld cell can be?

Linear programming over what the reader knows. Sums over rows and columns of a table form a totally unimodular
system, so the bounds found over real numbers are those over whole children.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.optimize import linprog


def bounds(unknown: int, sums: Sequence[tuple[Sequence[int], int]], cell: int) -> tuple[float, float]:
    """Least and most of one of ``unknown`` cells, given sums: (indices of cells, what they add up to)."""
    equations = np.zeros((len(sums), unknown))
    for row, (indices, _) in enumerate(sums):
        equations[row, list(indices)] = 1
    totals = [total for _, total in sums]
    aim = np.zeros(unknown)
    aim[cell] = 1
    found = [
        linprog(sign * aim, A_eq=equations if sums else None, b_eq=totals if sums else None, bounds=(0, None))
        for sign in (1, -1)
    ]
    least = found[0].fun
    most = -found[1].fun if found[1].status == 0 else np.inf
    return float(round(least, 6)), float(round(most, 6))
