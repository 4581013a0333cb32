"""How much each of several parts, which go together, has to do with an outcome."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from operator import mul

from audit_api.rules.figures.drivers.eigen import eigen

_FLAT = 1e-9
"""A direction that has no more of the parts' spread than this share is none: they are collinear."""


def relative_weights(
    correlations: Sequence[Sequence[float]], with_outcome: Sequence[float]
) -> list[float]:
    """Return how much of the outcome's variance goes with each part, from 0 to 1; together they
    are R², the share that all parts explain in a linear regression.

    `correlations` are those of the parts with each other, `with_outcome` those with the outcome.
    Relative weights: the parts are replaced by the nearest set of uncorrelated ones, of which each
    explains a share of its own, and that share goes back to the parts by what each of them is made
    of (J. W. Johnson, Multivariate Behavioral Research 35, 2000).  So two parts that always go
    together share what they explain, where a regression's coefficients would be any numbers.
    """
    values, vectors = eigen(correlations)
    least = _FLAT * len(values)
    roots = [sqrt(value) if value > least else 0.0 for value in values]
    # V'r / √D, then β = V (V'r / √D) and Λ = V √D V'.
    scaled = [
        sum(row[axis] * r for row, r in zip(vectors, with_outcome, strict=True)) / root
        if root
        else 0.0
        for axis, root in enumerate(roots)
    ]
    explained = [sum(map(mul, row, scaled)) ** 2 for row in vectors]
    scaled_vectors = [list(map(mul, row, roots)) for row in vectors]
    made_of = [[sum(map(mul, row, other)) for other in vectors] for row in scaled_vectors]
    return [
        sum(part * part * share for part, share in zip(row, explained, strict=True))
        for row in made_of
    ]
