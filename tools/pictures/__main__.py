"""`python -m tools.pictures`: renders to docs/pictures what the README and the guide show."""

from __future__ import annotations

import io
import subprocess
import tempfile
from pathlib import Path

from PIL import Image

from audit_api.pdf import render, render_scorecard
from tools.pictures import audit, console, network, scorecard
from tools.pictures.demonstration import demonstration

FOLDER = Path(__file__).parents[2] / "docs/pictures"
DOTS = 96
"""For each inch: a page is 794 pixels wide."""

COLOURS = 96


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    reports = {lang: render(audit.report(lang), audit.open_photo) for lang in ("en", "both")}
    cards = {
        lang: render_scorecard(scorecard.report(lang), audit.open_photo) for lang in ("en", "zh")
    }
    with demonstration() as instance:
        papers = network.papers(instance)
        for name, picture in console.pictures(instance):
            save(picture, FOLDER / f"{name}.png")
    for name, document, page in (
        ("audit-report", reports["en"], 1),
        ("audit-findings", reports["both"], 2),
        ("site-scorecard", cards["en"], 1),
        ("site-scorecard-zh", cards["zh"], 2),
        ("network", papers["network"], 1),
        ("network-sites", papers["network"], 3),
        ("network-zh", papers["network-zh"], 1),
        ("competitors", papers["competitors"], 1),
    ):
        draw(document, page, FOLDER / f"{name}.png")


def draw(document: bytes, page: int, target: Path) -> None:
    """Write one page of a PDF as a small PNG."""
    with tempfile.TemporaryDirectory() as folder:
        drawn = Path(folder) / "page"
        options = ["-r", str(DOTS), "-f", str(page), "-l", str(page), "-png", "-singlefile"]
        subprocess.run(["pdftoppm", *options, "-", drawn], input=document, check=True)
        save(drawn.with_suffix(".png").read_bytes(), target)


def save(picture: bytes, target: Path) -> None:
    """Write a PNG as a small one."""
    with Image.open(io.BytesIO(picture)) as image:
        image.convert("RGB").quantize(COLOURS).save(target, "PNG", optimize=True)


if __name__ == "__main__":
    main()
