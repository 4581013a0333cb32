"""A shop from inside: the aisle, the counter with its till, and the queue seen from behind."""

from __future__ import annotations

from audit_api.demonstration.drawing.canvas import (
    CREAM,
    HIGH,
    INK,
    TEAL,
    WIDE,
    WOOD,
    Canvas,
    Corners,
    between,
    shade,
)

CLOTHES = ("#2e3b55", "#7d2f35", "#4b5a3c", "#c8b79a", "#5b5b60", "#8a5a2b", "#d9d4cb", "#25272b")
HAIR = ("#1d1a18", "#2b2320", "#4a3b30", "#6d6762")


def aisle(canvas: Canvas) -> None:
    _aisle(canvas, cartons=0)


def aisle_with_cartons(canvas: Canvas) -> None:
    _aisle(canvas, cartons=canvas.chance.randint(3, 7))


def _aisle(canvas: Canvas, *, cartons: int) -> None:
    chance = canvas.chance
    x, y = chance.uniform(470, 810), chance.uniform(300, 410)
    deep = chance.uniform(110, 190)
    far: Corners = (
        (x - deep, y - deep),
        (x + deep, y - deep),
        (x + deep, y + deep),
        (x - deep, y + deep),
    )
    canvas.shape([(0, 0), (WIDE, 0), far[1], far[0]], "#dfddd6")
    _lamps(canvas, far)
    _tiles(canvas, far)
    canvas.shape(far, chance.choice(("#c9c2b2", "#9fb0a8", "#d8cdb4")))
    _exit(canvas, x, y, deep)
    _wall(canvas, ((0, 0), far[0], far[3], (0, HIGH)))
    _wall(canvas, ((WIDE, 0), far[1], far[2], (WIDE, HIGH)))
    for _ in range(cartons):
        _carton(canvas, x, y)


def _lamps(canvas: Canvas, far: Corners) -> None:
    for share in (0.3, 0.7):
        near, end = (WIDE * share, 0.0), between(far[0], far[1], share)
        for depth in (0.05, 0.4, 0.68, 0.86):
            left, top = between(near, end, depth)
            half = 70 * (1 - depth)
            canvas.box(left - half, top, left + half, top + half / 3 + 2, "#fffdf2")


def _tiles(canvas: Canvas, far: Corners) -> None:
    floor = canvas.chance.choice(("#b9ab97", "#8d8a86", "#c9c6be", "#7a6048"))
    canvas.shape([far[3], far[2], (WIDE, HIGH), (0, HIGH)], floor)
    for step in range(-4, 15):
        share = step / 10
        start = between(far[3], far[2], share)
        canvas.draw.line(
            (*start, *between((0, HIGH), (WIDE, HIGH), share * 2 - 0.5)),
            fill=shade(floor, 0.85),
            width=3,
        )
    for depth in (0.08, 0.2, 0.36, 0.58, 0.84):
        left, right = between(far[3], (0, HIGH), depth), between(far[2], (WIDE, HIGH), depth)
        canvas.draw.line((*left, *right), fill=shade(floor, 0.85), width=3)


def _exit(canvas: Canvas, x: float, y: float, deep: float) -> None:
    canvas.box(x - deep * 0.35, y - deep * 0.45, x + deep * 0.35, y + deep, "#6f7d78")
    canvas.box(x - deep * 0.4, y - deep * 0.72, x + deep * 0.4, y - deep * 0.5, "#1d8a4a")
    canvas.words((x, y - deep * 0.61), "安全出口", int(deep * 0.15), "#f4fff6", centred=True)


def _wall(canvas: Canvas, wall: Corners) -> None:
    """Draw a wall of shelves that runs away from the camera: near edge first, then far edge."""
    near_top, far_top, far_foot, near_foot = wall
    canvas.shape(wall, canvas.chance.choice(("#8a6a48", "#6f675c", "#a89a84")))
    rows = 5
    for row in range(rows):
        top, foot = (row + 0.12) / rows, (row + 0.9) / rows
        depth = 0.0
        while depth < 0.93:
            # The same tin looks narrower the farther it stands.
            wide = canvas.chance.uniform(0.05, 0.1) * (1.05 - depth)
            colour = shade(canvas.colour(), 1 - depth * 0.4)
            high = top + canvas.chance.uniform(0, 0.05)
            edges = [
                between(between(near_top, far_top, at), between(near_foot, far_foot, at), share)
                for at, share in (
                    (depth, high),
                    (depth + wide, high),
                    (depth + wide, foot),
                    (depth, foot),
                )
            ]
            if canvas.chance.random() > 0.06:
                canvas.shape(edges, colour)
            depth += wide + 0.008
        board = [between(near_top, near_foot, foot + 0.01), between(far_top, far_foot, foot + 0.01)]
        canvas.draw.line((*board[0], *board[1]), fill="#efe7d6", width=5)


def _carton(canvas: Canvas, x: float, y: float) -> None:
    chance = canvas.chance
    depth = chance.uniform(0.25, 0.8)
    foot = y + (HIGH - y) * depth
    left = x + chance.uniform(-420, 360) * depth
    side = chance.uniform(170, 300) * depth
    for level in range(chance.randint(1, 2)):
        base = foot - level * side * 0.75
        canvas.box(left, base - side * 0.75, left + side, base, "#b98d5a")
        canvas.shape(
            [
                (left + side, base - side * 0.75),
                (left + side * 1.3, base - side * 0.9),
                (left + side * 1.3, base - side * 0.18),
                (left + side, base),
            ],
            "#94703f",
        )
        canvas.shape(
            [
                (left, base - side * 0.75),
                (left + side * 0.3, base - side * 0.9),
                (left + side * 1.3, base - side * 0.9),
                (left + side, base - side * 0.75),
            ],
            "#cda26c",
        )
        canvas.box(left + side * 0.44, base - side * 0.75, left + side * 0.56, base, "#d9bd8b")


def counter(canvas: Canvas) -> None:
    _back_wall(canvas)
    _counter(canvas, canvas.chance.uniform(560, 640))


def queue(canvas: Canvas) -> None:
    """People are seen from behind only: an auditor never photographs a face."""
    chance = canvas.chance
    _back_wall(canvas)
    _counter(canvas, 520)
    people = chance.randint(3, 6)
    for place in range(people):
        near = (place + 1) / people
        _person(
            canvas, 200 + 900 * ((place * 0.37 + chance.uniform(0, 0.3)) % 1), 0.55 + near * 0.75
        )


def _back_wall(canvas: Canvas) -> None:
    chance = canvas.chance
    canvas.fade(0, 620, chance.choice(("#d8d2c4", "#9db0a9", "#c7a986")), "#a79c8a")
    for floor in (220, 400):
        left = chance.uniform(20, 120)
        while left < WIDE - 120:
            wide = chance.uniform(48, 80)
            if chance.random() > 0.12:
                canvas.tin(left, floor, wide, wide * chance.uniform(1, 1.8), canvas.colour())
            left += wide + chance.uniform(6, 26)
        canvas.box(0, floor, WIDE, floor + 16, WOOD)
    at = chance.uniform(260, WIDE - 520)
    canvas.box(at, 60, at + 300, 190, "#23302e")
    canvas.words(
        (at + 150, 100), chance.choice(("今日推荐", "本店招牌", "收银台")), 38, CREAM, centred=True
    )
    canvas.words(
        (at + 150, 152),
        chance.choice(("TODAY'S TEA", "OUR BLENDS", "PAY HERE")),
        26,
        CREAM,
        centred=True,
    )


def _counter(canvas: Canvas, top: float) -> None:
    chance = canvas.chance
    wood = chance.choice((WOOD, "#6d4a2c", "#d8d3c9"))
    canvas.shape([(0, top), (WIDE, top), (WIDE, top + 60), (0, top + 60)], shade(wood, 1.25))
    canvas.fade(top + 60, HIGH, wood, shade(wood, 0.55))
    for left in range(int(chance.uniform(0, 160)), WIDE, 220):
        canvas.draw.line((left, top + 60, left - 30, HIGH), fill=shade(wood, 0.7), width=5)
    _till(canvas, chance.uniform(150, WIDE - 420), top)
    for _ in range(chance.randint(1, 4)):
        wide = chance.uniform(50, 90)
        canvas.tin(chance.uniform(20, WIDE - 120), top + 44, wide, wide * 1.5, canvas.colour())


def _till(canvas: Canvas, left: float, top: float) -> None:
    canvas.box(left, top - 20, left + 250, top + 46, "#3a3d40")
    canvas.box(left + 20, top + 6, left + 230, top + 38, "#57595c")
    canvas.shape(
        [
            (left + 40, top - 190),
            (left + 236, top - 200),
            (left + 226, top - 40),
            (left + 50, top - 34),
        ],
        "#1f2224",
    )
    canvas.shape(
        [
            (left + 54, top - 176),
            (left + 222, top - 184),
            (left + 214, top - 54),
            (left + 62, top - 50),
        ],
        "#b7d6d2",
    )
    canvas.words(
        (left + 138, top - 116), f"¥{canvas.chance.randint(26, 640)}.00", 32, INK, centred=True
    )
    canvas.box(left + 280, top - 30, left + 340, top + 50, "#2c2f33")
    canvas.box(left + 288, top - 22, left + 332, top + 4, TEAL)


def _person(canvas: Canvas, x: float, size: float) -> None:
    chance = canvas.chance
    coat, hair = chance.choice(CLOTHES), chance.choice(HAIR)
    head, shoulder = 66 * size, 150 * size
    top = HIGH - 470 * size
    canvas.draw.rounded_rectangle(
        (x - shoulder, top + head * 1.7, x + shoulder, HIGH + 80), shoulder * 0.55, fill=coat
    )
    canvas.box(x + shoulder * 0.45, top + head * 2.4, x + shoulder, HIGH, shade(coat, 0.8))
    canvas.box(x - head * 0.35, top + head * 1.2, x + head * 0.35, top + head * 2, "#c79a7b")
    canvas.draw.ellipse((x - head, top - head * 0.6, x + head, top + head * 1.6), fill=hair)
    if chance.random() < 0.4:
        canvas.box(x - head, top + head * 0.5, x + head, top + head * 2.4, hair)
    if chance.random() < 0.3:
        canvas.draw.line(
            (x - shoulder, top + head * 3, x + shoulder, top + head * 6),
            fill="#2a1f18",
            width=int(14 * size),
        )
