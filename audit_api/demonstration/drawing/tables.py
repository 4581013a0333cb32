"""What lies on a table: a receipt, or a dish and a cup of tea."""

from __future__ import annotations

from math import cos, sin, tau

from PIL import Image, ImageDraw

from audit_api.demonstration.drawing.canvas import HIGH, INK, WIDE, Canvas, font, shade

WOODS = ("#7b5a3c", "#9c6b3f", "#4d3a2b", "#b9a58c", "#6b6f72")
ITEMS = (
    ("铁观音", 68),
    ("桂花乌龙", 36),
    ("西湖龙井", 128),
    ("茉莉花茶", 45),
    ("老白茶饼", 198),
    ("白瓷茶杯", 25),
    ("茶点礼盒", 88),
    ("随行茶包", 29),
)


def receipt(canvas: Canvas) -> None:
    chance = canvas.chance
    _table(canvas)
    high = chance.randint(700, 860)
    paper = Image.new("RGBA", (430, high), chance.choice(("#fbfaf5", "#f1ead8", "#e9edf0")))
    _print(canvas, ImageDraw.Draw(paper), high)
    turned = paper.rotate(chance.uniform(-38, 38), Image.Resampling.BICUBIC, expand=True)
    place = (
        chance.randint(0, max(1, WIDE - turned.width)),
        (HIGH - turned.height) // 2 + chance.randint(-30, 30),
    )
    shadow = Image.new("RGBA", turned.size, "#2a1e14")
    canvas.image.paste(shadow, (place[0] + 10, place[1] + 12), turned.getchannel("A"))
    canvas.image.paste(turned, place, turned)
    if chance.random() < 0.6:
        _cup(canvas, chance.choice((90.0, WIDE - 210.0)), chance.uniform(120, HIGH - 240), 150)


def _print(canvas: Canvas, draw: ImageDraw.ImageDraw, high: int) -> None:
    chance = canvas.chance
    bought = chance.sample(ITEMS, chance.randint(1, 5))
    total = sum(price for _, price in bought)
    lines = [
        canvas.sign,
        f"{canvas.at:%Y-%m-%d  %H:%M}",
        "- " * 22,
        *(f"{name}  {price}.00" for name, price in bought),
        "- " * 22,
        f"合计 TOTAL  {total}.00",
        f"移动支付  {total}.00",
        "会员 ••••••••",
        "谢谢惠顾 THANK YOU",
    ]
    for place, line in enumerate(lines):
        draw.text((34, 40 + place * 48), line, font=font(24), fill=INK)
    for left in range(60, 370, 7):
        if chance.random() < 0.6:
            draw.rectangle((left, high - 100, left + chance.randint(1, 5), high - 36), fill=INK)


def dish(canvas: Canvas) -> None:
    chance = canvas.chance
    _table(canvas)
    x, y, wide = chance.uniform(430, 820), chance.uniform(380, 580), chance.uniform(250, 340)
    ring = chance.choice(("#f2f2ee", "#dfe8ea", "#3f4a48", "#cdb892"))
    for size, fill in ((1.04, "#35281d"), (1.0, ring), (0.93, shade(ring, 0.9)), (0.74, ring)):
        canvas.draw.ellipse(
            (x - wide * size, y - wide * size, x + wide * size, y + wide * size), fill=fill
        )
    sauce = chance.choice(("#e8d9a8", "#8a4a22", "#b5542b", "#c9b458"))
    canvas.draw.ellipse(
        (x - wide * 0.6, y - wide * 0.55, x + wide * 0.6, y + wide * 0.58), fill=sauce
    )
    palette = chance.sample(
        ("#4f8a4c", "#c2452d", "#d9a441", "#7c4a25", "#efe3c2", "#2f5a35", "#a8643a"), 4
    )
    for _ in range(chance.randint(50, 110)):
        angle, far = chance.uniform(0, tau), wide * 0.5 * chance.random() ** 0.5
        left, top = x + cos(angle) * far, y + sin(angle) * far
        size = chance.uniform(16, 52)
        canvas.draw.ellipse(
            (left - size / 2, top - size / 3, left + size / 2, top + size / 3),
            fill=chance.choice(palette),
        )
    _cup(
        canvas,
        chance.choice((60.0, WIDE - 250.0)),
        chance.uniform(60, HIGH - 300),
        chance.uniform(150, 210),
    )
    side = chance.choice((130, WIDE - 160))
    for apart in (0, 30):
        canvas.draw.line(
            (side + apart, 60, side + apart + chance.randint(30, 70), HIGH - 70),
            fill="#d8c9a0",
            width=12,
        )


def _table(canvas: Canvas) -> None:
    wood = canvas.chance.choice(WOODS)
    canvas.box(0, 0, WIDE, HIGH, wood)
    for line in range(0, HIGH, canvas.chance.randint(60, 130)):
        canvas.box(0, line, WIDE, line + 5, shade(wood, 0.7))
        for _ in range(6):
            left, top = canvas.chance.uniform(0, WIDE), line + canvas.chance.uniform(10, 55)
            canvas.draw.line(
                (left, top, left + canvas.chance.uniform(60, 320), top + 6),
                fill=shade(wood, 0.86),
                width=3,
            )


def _cup(canvas: Canvas, left: float, top: float, wide: float) -> None:
    canvas.draw.ellipse((left + 8, top + 12, left + wide + 14, top + wide + 16), fill="#33261b")
    canvas.draw.ellipse((left, top, left + wide, top + wide), fill="#f4f2ea")
    rim = wide * 0.1
    tea = canvas.chance.choice(("#a8762c", "#c9a03a", "#6d3a1c", "#9fae5c"))
    canvas.draw.ellipse((left + rim, top + rim, left + wide - rim, top + wide - rim), fill=tea)
    canvas.draw.ellipse(
        (left + wide * 0.25, top + wide * 0.2, left + wide * 0.42, top + wide * 0.32),
        fill=shade(tea, 1.5),
    )
