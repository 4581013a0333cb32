"""What lies on a table, seen from above: a receipt, or a dish and a cup of tea."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from math import cos, sin, tau
from random import Random

from audit_api.demonstration.drawing.painter import INK, Thing, shade

WOODS = ("#7b5a3c", "#9c6b3f", "#4d3a2b", "#b9a58c", "#6b6f72")
PAPERS = ("#fbfaf5", "#f1ead8", "#e9edf0")
ITEMS = (
    *(("铁观音", 68), ("桂花乌龙", 36), ("西湖龙井", 128)),
    *(("茉莉花茶", 45), ("白瓷茶杯", 25), ("茶点礼盒", 88)),
)
SAUCES = ("#e8d9a8", "#8a4a22", "#b5542b", "#c9b458")
TEAS = ("#a8762c", "#c9a03a", "#6d3a1c", "#9fae5c")
FOOD = ("#4f8a4c", "#c2452d", "#d9a441", "#7c4a25", "#efe3c2", "#2f5a35", "#a8643a")


def receipt(chance: Random, sign: str, at: datetime) -> Iterator[Thing]:
    yield from _table(chance)
    x, paper = chance.uniform(-0.25, -0.1), chance.choice(PAPERS)
    yield Thing(x, -0.36, 1.29, 0.36, 0.76, paper, deep=0.01)
    bought = chance.sample(ITEMS, chance.randint(1, 5))
    total = sum(price for _, price in bought)
    lines = [
        *(sign, f"{at:%Y-%m-%d  %H:%M}", "- " * 18),
        *(f"{name}  {price}.00" for name, price in bought),
        *("- " * 18, f"合计 TOTAL  {total}.00", f"移动支付  {total}.00", "谢谢惠顾 THANK YOU"),
    ]
    for place, line in enumerate(lines):
        yield Thing(x + 0.03, 0.32 - place * 0.045, 1.28, 0.3, 0.028, paper, words=line)
    for bar in range(44):
        yield Thing(x + 0.05 + bar * 0.006, -0.34, 1.28, chance.uniform(0, 0.005), 0.06, INK)


def dish(chance: Random) -> Iterator[Thing]:
    yield from _table(chance)
    x, y = chance.uniform(-0.15, 0.15), chance.uniform(-0.08, 0.08)
    size, ring = (
        chance.uniform(0.44, 0.56),
        chance.choice(("#f2f2ee", "#dfe8ea", "#4f5a58", "#cdb892")),
    )
    for share, colour in ((1, ring), (0.8, shade(ring, 0.9)), (0.64, chance.choice(SAUCES))):
        yield _disc(x, y, 1.29, size * share, colour)
    for _ in range(chance.randint(60, 120)):
        angle, far = chance.uniform(0, tau), size * 0.27 * chance.random() ** 0.5
        left, top, z = x + cos(angle) * far, y + sin(angle) * far, chance.uniform(1.27, 1.28)
        yield _disc(left, top, z, chance.uniform(0.02, 0.055), chance.choice(FOOD))
    side = chance.choice((-0.48, 0.45))
    yield from (Thing(side + at, -0.4, 1.28, 0.011, 0.8, "#d8c9a0", 0.01, 0.5) for at in (0, 0.03))


def _table(chance: Random) -> Iterator[Thing]:
    wood, plank = chance.choice(WOODS), chance.uniform(0.08, 0.14)
    yield Thing(-2, -2, 1.32, 4, 4, wood)
    for row in range(-12, 13):
        yield Thing(-2, row * plank, 1.31, 4, 0.004, shade(wood, 0.7))
        for _ in range(6):
            x, y, wide = chance.uniform(-1, 1), row * plank, chance.uniform(0.05, 0.3)
            yield Thing(x, y + chance.uniform(0, plank), 1.31, wide, 0.002, shade(wood, 0.86))
    x, y, size = chance.choice((-0.42, 0.42)), chance.uniform(-0.2, 0.2), chance.uniform(0.13, 0.18)
    yield _disc(x, y, 1.3, size, "#f4f2ea")
    yield _disc(x, y, 1.29, size * 0.8, chance.choice(TEAS))


def _disc(x: float, y: float, z: float, size: float, colour: str) -> Thing:
    return Thing(x - size / 2, y - size / 2, z, size, size, colour, deep=0.01, curve=0.5)
