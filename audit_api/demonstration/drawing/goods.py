"""Shelves of goods: full ones, and those that a visitor complains about."""

from __future__ import annotations

from audit_api.demonstration.drawing.canvas import HIGH, WIDE, WOOD, Canvas, shade


def shelf(canvas: Canvas) -> None:
    _shelves(canvas, empty=0.03, unlabelled=0.04)


def shelf_with_gaps(canvas: Canvas) -> None:
    _shelves(canvas, empty=0.34, unlabelled=0.3)


def _shelves(canvas: Canvas, *, empty: float, unlabelled: float) -> None:
    chance = canvas.chance
    canvas.fade(0, HIGH, chance.choice(("#efe6d4", "#d9dcd8", "#c8b697")), "#b7a98f")
    wood = chance.choice((WOOD, "#6d4a2c", "#c3bfb6", "#38332e"))
    rows = chance.randint(3, 5)
    each = HIGH / rows
    for row in range(rows):
        floor = each * (row + 1) - 44
        canvas.fade(floor - each + 44, floor - each + 74, shade(wood, 0.45), "#b7a98f")
        _row(canvas, floor, each - 70, empty)
        canvas.box(0, floor, WIDE, floor + 22, wood)
        canvas.box(0, floor, WIDE, floor + 4, shade(wood, 1.3))
        _labels(canvas, floor + 24, unlabelled)
    if chance.random() < 0.35:
        _poster(canvas)
    for side in (0, WIDE):
        canvas.box(side - 26, 0, side + 26, HIGH, shade(wood, 0.8))


def _row(canvas: Canvas, floor: float, room: float, empty: float) -> None:
    """Fill one shelf: runs of the same thing, as a shop puts them."""
    chance = canvas.chance
    left = chance.uniform(20, 60)
    while left < WIDE - 60:
        colour, wide = canvas.colour(), chance.uniform(52, 104)
        high = min(room, wide * chance.uniform(1.05, 1.9))
        boxed = chance.random() < 0.3
        for _ in range(chance.randint(2, 5)):
            if left > WIDE - 60:
                return
            if chance.random() >= empty:
                if boxed:
                    _carton(canvas, left, floor, wide, high * 0.7, colour)
                else:
                    canvas.tin(left, floor, wide, high, colour)
            left += wide + chance.uniform(3, 12)
        left += chance.uniform(6, 30)


def _carton(
    canvas: Canvas, left: float, floor: float, wide: float, high: float, colour: str
) -> None:
    canvas.box(left, floor - high, left + wide, floor, colour)
    canvas.shape(
        [
            (left, floor - high),
            (left + wide, floor - high),
            (left + wide - 8, floor - high - 10),
            (left + 8, floor - high - 10),
        ],
        shade(colour, 1.25),
    )
    canvas.box(left + wide * 0.42, floor - high, left + wide * 0.58, floor, "#c9a03a")


def _labels(canvas: Canvas, top: float, unlabelled: float) -> None:
    chance = canvas.chance
    left = chance.uniform(30, 90)
    while left < WIDE - 90:
        if chance.random() >= unlabelled:
            reduced = chance.random() < 0.2
            canvas.box(left, top, left + 62, top + 19, "#f2d13c" if reduced else "#fbfaf5")
            price = f"¥{chance.randint(18, 288)}"
            canvas.words((left + 31, top + 9), price, 14, "#b02a1a", centred=True)
        left += chance.uniform(88, 160)


def _poster(canvas: Canvas) -> None:
    chance = canvas.chance
    left, top = chance.uniform(120, WIDE - 380), chance.uniform(60, 420)
    canvas.box(left + 8, top + 8, left + 248, top + 318, "#5d564a")
    canvas.box(left, top, left + 240, top + 310, chance.choice(("#b5362a", "#0f5a55", "#e8c34a")))
    canvas.words(
        (left + 120, top + 100),
        chance.choice(("春茶上市", "买一送一", "会员日")),
        52,
        "#fffaf0",
        centred=True,
    )
    canvas.words(
        (left + 120, top + 200),
        chance.choice(("NEW TEA", "2 FOR 1", "MEMBERS")),
        36,
        "#fffaf0",
        centred=True,
    )
