"""Draws the demonstration's photos: `python tools/draw_photos.py` writes them where they lie.

Drawn, not taken: nobody is in them, and nobody's rights.
"""

from __future__ import annotations

import random
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "audit_api/cli/demonstration/photos"
FONT = ROOT / "audit_api/pdf/fonts/NotoSansSC-Bold.ttf"
SIZE = (960, 720)
TEAL, CREAM, WOOD, INK = "#12655f", "#f5efe0", "#9c6b3f", "#2b2b2b"


def main() -> None:
    for name, draw in (
        ("shop_front", shop_front),
        ("shelf", shelf),
        ("receipt", receipt),
        ("dish", dish),
    ):
        image = Image.new("RGB", SIZE, CREAM)
        draw(ImageDraw.Draw(image))
        image = image.filter(ImageFilter.GaussianBlur(0.6))
        image.save(FOLDER / f"{name}.jpg", quality=72, optimize=True)


def words(draw: ImageDraw.ImageDraw, at: tuple[int, int], text: str, size: int, fill: str) -> None:
    draw.text(at, text, font=ImageFont.truetype(FONT, size), fill=fill)


def shop_front(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle((0, 0, 960, 560), fill="#b9c4c9")
    draw.rectangle((0, 560, 960, 720), fill="#8d8f92")
    draw.rectangle((80, 60, 880, 600), fill="#d9d2c5")
    draw.rectangle((80, 90, 880, 210), fill=TEAL)
    words(draw, (150, 108), "HARBOUR TEA 海港茶业", 60, CREAM)
    for left in (120, 640):
        draw.rectangle((left, 260, left + 200, 540), fill="#cfe6ea", outline=WOOD, width=10)
    draw.rectangle((370, 240, 590, 600), fill="#d8ecee", outline=WOOD, width=12)
    draw.line((480, 240, 480, 600), fill=WOOD, width=8)
    words(draw, (655, 380), "买一送一", 44, "#c2452d")
    draw.ellipse((150, 400, 230, 480), fill="#4f8a4c")
    draw.rectangle((180, 470, 200, 540), fill=WOOD)


def shelf(draw: ImageDraw.ImageDraw) -> None:
    chance = random.Random("shelf")
    draw.rectangle((0, 0, 960, 720), fill="#e6ddcb")
    for row in range(4):
        floor = 175 + row * 170
        for place in range(9):
            left = 40 + place * 100
            if chance.random() < 0.18:
                continue
            high = chance.randint(90, 125)
            colour = chance.choice([TEAL, "#b5462f", "#c9a03a", "#5d7f3c", "#46617f"])
            draw.rounded_rectangle((left, floor - high, left + 74, floor), 9, fill=colour)
            draw.rectangle((left + 12, floor - high + 30, left + 62, floor - high + 62), fill=CREAM)
            words(draw, (left + 22, floor - high + 29), "茶", 28, INK)
        draw.rectangle((0, floor, 960, floor + 16), fill=WOOD)
        for place in range(9):
            label = (50 + place * 100, floor + 18, 106 + place * 100, floor + 38)
            draw.rectangle(label, fill="white")


def receipt(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle((0, 0, 960, 720), fill="#7b5a3c")
    draw.polygon([(250, 20), (690, 40), (670, 715), (230, 700)], fill="#fbfaf5")
    lines = [
        "HARBOUR TEA 海港茶业",
        "—————————————",
        "铁观音 Tie Guan Yin      68.00",
        "桂花乌龙 Osmanthus      36.00",
        "茶杯 Cup                  25.00",
        "—————————————",
        "合计 Total              129.00",
        "会员 Member   ••••••••",
        "谢谢惠顾 Thank you",
    ]
    for place, line in enumerate(lines):
        words(draw, (285, 80 + place * 64), line, 26, INK)


def dish(draw: ImageDraw.ImageDraw) -> None:
    chance = random.Random("dish")
    draw.rectangle((0, 0, 960, 720), fill=WOOD)
    for line in range(0, 720, 60):
        draw.line((0, line, 960, line + 12), fill="#8a5c34", width=3)
    draw.ellipse((180, 70, 780, 670), fill="#f2f2ee", outline="#c9c9c4", width=10)
    draw.ellipse((260, 150, 700, 590), fill="#e8d9a8")
    for _ in range(90):
        x, y = chance.randint(320, 620), chance.randint(210, 510)
        colour = chance.choice(["#4f8a4c", "#c2452d", "#d9a441", "#7c4a25"])
        draw.ellipse((x, y, x + chance.randint(16, 44), y + chance.randint(12, 30)), fill=colour)
    draw.line((800, 60, 880, 660), fill="#d8c9a0", width=12)
    draw.line((830, 60, 915, 650), fill="#d8c9a0", width=12)


if __name__ == "__main__":
    main()
