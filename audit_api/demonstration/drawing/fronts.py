"""A shop from outside: sign, windows, door and pavement."""

from __future__ import annotations

from audit_api.demonstration.drawing.canvas import CREAM, HIGH, INK, TEAL, WIDE, WOOD, Canvas, shade

STREET = 760


def front(canvas: Canvas) -> None:
    chance = canvas.chance
    wall = chance.choice(("#b9a48c", "#8f8a84", "#cfc8bb", "#7c5446", "#5e6468"))
    canvas.box(0, 0, WIDE, STREET, wall)
    _bricks(canvas, wall)
    _sign(canvas)
    door = chance.choice((140, 470, 830))
    for left, right in _windows(door):
        _window(canvas, left, right)
    _door(canvas, door)
    if chance.random() < 0.45:
        _awning(canvas)
    _pavement(canvas)
    for _ in range(chance.randint(0, 3)):
        _plant(canvas, chance.uniform(60, WIDE - 100))


def _windows(door: int) -> list[tuple[int, int]]:
    free = [(70, door - 40), (door + 340, WIDE - 70)]
    return [(left, right) for left, right in free if right - left > 120]


def _bricks(canvas: Canvas, wall: str) -> None:
    for row in range(0, STREET, 32):
        canvas.draw.line((0, row, WIDE, row), fill=shade(wall, 0.88), width=2)
        for left in range((row // 32 % 2) * 46, WIDE, 92):
            canvas.draw.line((left, row, left, row + 32), fill=shade(wall, 0.9), width=2)


def _sign(canvas: Canvas) -> None:
    top = canvas.chance.uniform(50, 110)
    ours = "HARBOUR" in canvas.sign
    board = TEAL if ours else canvas.chance.choice(("#2c2a4a", "#7a1f1f"))
    canvas.box(60, top + 8, WIDE - 52, top + 148, "#4a463f")
    canvas.box(52, top, WIDE - 60, top + 140, board)
    canvas.words((WIDE / 2, top + 70), canvas.sign, 68, CREAM, centred=True)
    for lamp in range(4):
        left = 190 + lamp * 300
        canvas.draw.line((left, top - 34, left, top), fill=INK, width=5)
        canvas.draw.ellipse((left - 20, top - 14, left + 20, top + 10), fill="#ffe9b0")


def _window(canvas: Canvas, left: int, right: int) -> None:
    chance = canvas.chance
    canvas.box(left, 290, right, 690, WOOD)
    canvas.box(left + 14, 304, right - 14, 676, "#3b4a4a")
    canvas.box(left + 14, 304, right - 14, 500, "#54625c")
    place = left + 34.0
    while place < right - 90:
        wide = chance.uniform(46, 78)
        canvas.tin(place, 664, wide, wide * chance.uniform(1.1, 2.2), canvas.colour())
        place += wide + chance.uniform(6, 40)
    slant = chance.uniform(30, 120)
    canvas.shape(
        [(left + 30, 304), (left + 30 + slant, 304), (left + 14, 540), (left + 14, 380)], "#8fa5a6"
    )
    if right - left > 260 and chance.random() < 0.7:
        at = chance.uniform(left + 60, right - 190)
        canvas.box(at, 330, at + 130, 500, chance.choice(("#b5362a", "#f2ead6")))
        canvas.words(
            (at + 65, 410), chance.choice(("新茶", "特惠", "试饮")), 46, "#d9b64a", centred=True
        )


def _door(canvas: Canvas, left: int) -> None:
    canvas.box(left, 270, left + 300, STREET, shade(WOOD, 0.7))
    for side in (left + 14, left + 156):
        canvas.box(side, 284, side + 130, STREET - 8, "#a9bdbd")
        canvas.shape([(side, 284), (side + 60, 284), (side, 520)], "#d4e0de")
        canvas.box(side + 10, STREET - 70, side + 120, STREET - 20, "#7d6a55")
    canvas.draw.line((left + 138, 480, left + 138, 600), fill="#d8c27a", width=8)
    canvas.draw.line((left + 164, 480, left + 164, 600), fill="#d8c27a", width=8)
    canvas.box(left + 190, 420, left + 270, 470, CREAM)
    canvas.words((left + 230, 445), "10–22", 24, INK, centred=True)


def _awning(canvas: Canvas) -> None:
    colour = canvas.chance.choice((TEAL, "#a33b2c", "#3d4a6a"))
    for place, left in enumerate(range(40, WIDE - 40, 80)):
        fill = colour if place % 2 else CREAM
        canvas.shape([(left + 20, 240), (left + 100, 240), (left + 80, 310), (left, 310)], fill)


def _pavement(canvas: Canvas) -> None:
    canvas.fade(STREET, HIGH, "#7f7c77", "#a8a49c")
    vanish = canvas.chance.uniform(300, WIDE - 300)
    for left in range(-1200, WIDE + 1200, 150):
        foot = vanish + (left - vanish) * 2.2
        canvas.draw.line((left, STREET, foot, HIGH), fill="#6b6862", width=3)
    for row in (STREET + 26, STREET + 74, STREET + 146):
        canvas.draw.line((0, row, WIDE, row), fill="#6b6862", width=3)


def _plant(canvas: Canvas, left: float) -> None:
    canvas.shape(
        [(left, 700), (left + 70, 700), (left + 58, 792), (left + 12, 792)],
        canvas.chance.choice(("#6b4a35", "#d7d2c8")),
    )
    for _ in range(14):
        x, y = left + canvas.chance.uniform(-40, 80), canvas.chance.uniform(560, 690)
        fill = canvas.chance.choice(("#4f8a4c", "#3a6b3d", "#6aa25c"))
        canvas.draw.ellipse((x, y, x + 44, y + 40), fill=fill)
