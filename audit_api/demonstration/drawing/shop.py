"""A shop as its visitors see it: from outside, its shelves, its aisles, its counter."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from audit_api.demonstration.drawing.painter import CREAM, Thing, shade

TEAL, WOOD, GOLD = "#12655f", "#9c6b3f", "#c9a03a"
GOODS = (TEAL, "#b5462f", GOLD, "#5d7f3c", "#46617f", "#7a3b52", "#d8c7a3", "#3d4a3a")
WOODS = (WOOD, "#6d4a2c", "#c3bfb6", "#4a3a2e")
WALLS = ("#cfc8bb", "#9db0a9", "#c7a986", "#b9a48c", "#8f8a84", "#7c5446", "#5e6468")
TILES = ("#b9ab97", "#8d8a86", "#c9c6be", "#7a6048")
COATS = ("#2e3b55", "#7d2f35", "#4b5a3c", "#c8b79a", "#5b5b60", "#8a5a2b", "#d9d4cb", "#25272b")
TEAS = "茶龙普红白桂"
HAIR = ("#1d1a18", "#2b2320", "#4a3b30", "#6d6762")


def shelves(chance: Random, gaps: float = 0.03) -> Iterator[Thing]:
    """Shelves of tea; `gaps` is the share of it that is missing, half that of missing labels."""
    rows = chance.randint(3, 5)
    step = 1.9 / rows
    yield from _rack(chance, 2, 0.6, rows, step, gaps)
    for place in range(25 * rows):
        if chance.random() > gaps * 2:
            x, y = place % 25 / 5 - 2.4, 0.55 + place // 25 * step
            paper, price = chance.choice(("#fbfaf5", "#f2d13c")), f"¥{chance.randint(18, 288)}"
            yield Thing(x, y, 1.99, 0.11, 0.04, paper, words=price)
    if chance.random() < 0.4:
        x, y, colour = chance.uniform(-0.8, 0.4), chance.uniform(1.2, 1.6), chance.choice(GOODS)
        yield Thing(x, y, 1.9, 0.42, 0.5, colour, deep=0.01)
        for line, text in enumerate(("NEW TEA", chance.choice(("春茶上市", "买一送一", "会员日")))):
            yield Thing(x, y + 0.1 + line * 0.14, 1.89, 0.42, 0.14, colour, words=text)


def aisle(chance: Random, cartons: int) -> Iterator[Thing]:
    """The way to the emergency exit, with or without cartons in it."""
    far, half, wood = chance.uniform(6, 9), chance.uniform(1.1, 1.5), chance.choice(WOODS)
    yield from _room(chance, far)
    yield Thing(-0.5, 0, far - 0.02, 1, 2.05, "#6f7d78")
    yield Thing(-0.55, 2.2, far - 0.02, 1.1, 0.32, "#1d8a4a", words="安全出口")
    for left in (-half - 0.4, half):
        for row in range(5):
            yield Thing(left, 0.11 + row * 0.47, 0.6, 0.4, 0.04, wood, deep=far - 1)
            z, colour, high = 0.7, TEAL, 0.36
            while z < far - 1:
                if chance.random() < 0.4:
                    colour, high = chance.choice(GOODS), chance.uniform(0.24, 0.38)
                wide = chance.uniform(0.1, 0.2)
                yield Thing(left + 0.05, 0.15 + row * 0.47, z, 0.3, high, colour, deep=wide)
                z += wide + 0.02
    for _ in range(cartons):
        x, z = chance.uniform(-half, half - 0.5), chance.uniform(2.6, 4.5)
        for y in (0, 0.36)[: chance.randint(1, 2)]:
            yield Thing(x, y, z, 0.45, 0.36, "#b98d5a", deep=0.36)
            yield Thing(x + 0.2, y, z - 0.01, 0.06, 0.36, "#d9bd8b")


def counter(chance: Random, people: int) -> Iterator[Thing]:
    """The till and who waits at it, from behind only: an auditor never photographs a face."""
    wood, x = chance.choice((WOOD, "#6d4a2c", "#d8d3c9")), chance.uniform(-0.8, 0.4)
    board = chance.choice(("今日推荐 TEA", "本店招牌", "收银台 PAY"))
    yield from _rack(chance, 3, 1.2, 2, 0.5, 0.12)
    yield Thing(-x - 0.5, 2.1, 2.9, 0.9, 0.42, "#23302e", deep=0.03, words=board)
    yield Thing(-3, 0, 1.9, 6, 1.02, wood, deep=0.7)
    yield from (Thing(at / 2, 0, 1.89, 0.012, 0.98, shade(wood, 0.6)) for at in range(-5, 6))
    yield Thing(x, 1.02, 2, 0.44, 0.1, "#3a3d40", deep=0.3)
    yield Thing(x + 0.06, 1.14, 2, 0.34, 0.27, "#1f2224", deep=0.03)
    price = f"¥{chance.randint(26, 640)}.00"
    yield Thing(x + 0.08, 1.16, 1.99, 0.3, 0.22, "#b7d6d2", words=price)
    yield from _goods(chance, -1, 0.8, 1.02, 1.95, gaps=0.8)
    for place in range(people):
        x = 1.7 * (place + chance.uniform(-0.2, 0.2)) / (people - 1) - 0.85
        z, tall, hair = chance.uniform(1.3, 1.8), chance.uniform(1.3, 1.5), chance.choice(HAIR)
        yield Thing(x - 0.05, tall - 0.15, z, 0.1, 0.25, "#c79a7b", curve=0.3)
        yield Thing(x - 0.23, 0, z - 0.01, 0.46, tall - 0.1, chance.choice(COATS), 0.01, curve=0.35)
        yield Thing(x - 0.1, tall - 0.03, z - 0.02, 0.2, 0.26, hair, curve=0.5)
        if chance.random() < 0.4:
            yield Thing(x - 0.1, tall - 0.2, z - 0.03, 0.2, 0.34, hair, curve=0.3)


def front(chance: Random, sign: str) -> Iterator[Thing]:
    """A shop from the street, under its sign."""
    board = TEAL if "HARBOUR" in sign else chance.choice(("#2c2a4a", "#7a1f1f"))
    door = chance.choice((-2.3, -0.7, 0.9))
    yield from _room(chance, 6)
    yield Thing(-2.7, 2.75, 5.8, 5.4, 0.6, board, deep=0.15, words=sign)
    yield Thing(door, 0, 5.9, 1.4, 2.4, shade(WOOD, 0.7), deep=0.05)
    for leaf in (door + 0.06, door + 0.72):
        yield Thing(leaf, 0.1, 5.89, 0.62, 2.22, "#7f9496", curve=0.01)
        yield Thing(leaf + 0.28, 0.8, 5.88, 0.04, 0.5, "#d8c27a", curve=0.5)
    yield Thing(door + 0.9, 1.5, 5.87, 0.34, 0.2, CREAM, words="10–22")
    for left, right in ((-2.6, door - 0.2), (door + 1.6, 2.6)):
        if right - left > 0.6:
            yield from _window(chance, left, right)
    if chance.random() < 0.45:
        for stripe in range(22):
            colour = CREAM if stripe % 2 else board
            yield Thing(-2.86 + stripe * 0.26, 2.4, 5.2, 0.26, 0.2, colour, deep=0.7)
    for _ in range(chance.randint(0, 3)):
        x, green = chance.uniform(-2.3, 2.1), chance.choice(("#4f8a4c", "#3a6b3d"))
        yield Thing(x, 0, 5.1, 0.3, 0.38, chance.choice(WOODS), deep=0.01, curve=0.1)
        for _ in range(22):
            left, y, z = (chance.uniform(*ends) for ends in ((-0.2, 0.3), (0.4, 0.9), (5, 5.1)))
            yield Thing(x + left, y, z, 0.2, 0.18, shade(green, z * 10 - 49.7), curve=0.5)


def _window(chance: Random, left: float, right: float) -> Iterator[Thing]:
    wide = right - left
    yield Thing(left, 0.4, 5.9, wide, 1.9, WOOD, deep=0.05)
    yield Thing(left + 0.07, 0.47, 5.89, wide - 0.14, 1.76, "#4a5a58", curve=0.01)
    for y in (0.47, 1.2):
        yield Thing(left, y - 0.04, 5.7, wide, 0.04, WOOD, deep=0.16)
        yield from _goods(chance, left + 0.1, right - 0.1, y, 5.72, gaps=0.3)


def _room(chance: Random, far: float) -> Iterator[Thing]:
    """A tiled floor, and a wall of bricks or boards at its end."""
    wall, tiles = chance.choice(WALLS), chance.choice(TILES)
    yield Thing(-8, 0, far, 16, 3.4, wall)
    yield Thing(-8, -0.1, 0.4, 16, 0.1, tiles, deep=far - 0.4)
    for line in range(25):
        yield Thing(-8, line * 0.136, far - 0.01, 16, 0.01, shade(wall, 0.88))
        yield Thing(line * 0.6 - 7.2, 0, 0.4, 0.012, 0, shade(tiles, 0.85), deep=far - 0.45)
        yield Thing(-8, 0, 0.6 + line * 0.23, 16, 0, shade(tiles, 0.85), deep=0.02)


def _rack(
    chance: Random, z: float, floor: float, rows: int, step: float, gaps: float
) -> Iterator[Thing]:
    wood = chance.choice(WOODS)
    yield Thing(-3, -1, z + 0.34, 6, 6, chance.choice(WALLS[:5]))
    for y in (floor + row * step for row in range(rows)):
        yield Thing(-3, y - 0.035, z, 6, 0.035, wood, deep=0.33)
        yield from _goods(chance, chance.uniform(-1.7, -1.6), 1.8, y, z + 0.04, gaps)


def _goods(
    chance: Random, left: float, right: float, y: float, z: float, gaps: float
) -> Iterator[Thing]:
    """A row on a board: runs of the same tin or box, as a shop puts them."""
    while left < right:
        colour, tea, wide = chance.choice(GOODS), chance.choice(TEAS), chance.uniform(0.1, 0.17)
        is_tin = chance.random() < 0.7
        high, curve = (wide * 1.5, 0.08) if is_tin else (wide * 0.9, 0)
        for _ in range(chance.randint(2, 5)):
            if left + wide < right and chance.random() >= gaps:
                yield Thing(left, y, z, wide, high, colour, deep=0.15, curve=curve)
                if is_tin:
                    lid = shade(colour, 0.6)
                    yield Thing(left, y + high * 0.88, z - 0.01, wide, high * 0.12, lid, curve=0.04)
                    x, side = left + wide * 0.19, wide * 0.62
                    yield Thing(x, y + wide * 0.25, z - 0.01, side, side, CREAM, words=tea)
                else:
                    yield Thing(left + wide * 0.42, y, z - 0.01, wide * 0.16, high, GOLD)
            left += wide + chance.uniform(0.005, 0.025)
