"""The eigenvalues and eigenvectors of a small symmetric matrix."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from math import copysign, sqrt

Matrix = list[list[float]]
_SWEEPS = 50
"""Far more than any matrix needs: each sweep squares what is left."""


def eigen(matrix: Sequence[Sequence[float]]) -> tuple[list[float], Matrix]:
    """Return the eigenvalues of a symmetric matrix, and one whose columns are its eigenvectors,
    each of length one, in the same order.

    Jacobi's cyclic rotations (Golub & Van Loan, Matrix Computations, 8.5).
    """
    left = [list(row) for row in matrix]
    size = len(left)
    vectors = [[float(row == column) for column in range(size)] for row in range(size)]
    for _ in range(_SWEEPS):
        rotated = False
        for first, second in combinations(range(size), 2):
            if _counts(left, first, second):
                _rotate(left, vectors, first, second)
                rotated = True
        if not rotated:
            break
    return [left[place][place] for place in range(size)], vectors


def _counts(left: Matrix, first: int, second: int) -> bool:
    """Whether what stands off the diagonal still changes what stands on it."""
    size = abs(left[first][first]) + abs(left[second][second])
    return size + abs(left[first][second]) != size


def _rotate(left: Matrix, vectors: Matrix, first: int, second: int) -> None:
    """Turn two axes so that nothing is left off the diagonal between them."""
    ratio = (left[second][second] - left[first][first]) / (2 * left[first][second])
    tangent = copysign(1, ratio) / (abs(ratio) + sqrt(1 + ratio * ratio))
    cosine = 1 / sqrt(1 + tangent * tangent)
    sine = tangent * cosine
    for rows in (left, vectors):
        for row in rows:
            row[first], row[second] = _turned(row[first], row[second], cosine, sine)
    turned = [*_pairs(left[first], left[second], cosine, sine)]
    left[first], left[second] = [one for one, _ in turned], [other for _, other in turned]
    left[first][second] = left[second][first] = 0.0


def _turned(one: float, other: float, cosine: float, sine: float) -> tuple[float, float]:
    return cosine * one - sine * other, sine * one + cosine * other


def _pairs(
    one: Sequence[float], other: Sequence[float], cosine: float, sine: float
) -> Iterator[tuple[float, float]]:
    return (_turned(a, b, cosine, sine) for a, b in zip(one, other, strict=True))
