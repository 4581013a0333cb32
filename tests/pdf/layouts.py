"""What must hold of every page, whatever stands on it."""

from __future__ import annotations

from audit_api.drawing.marks import Words
from audit_api.pdf import look
from audit_api.pdf.page import Flow
from audit_api.typography.fonts import typeface
from audit_api.typography.text import measure


def right_of(words: Words) -> float:
    width = measure(words.text, typeface(words.style.weight, words.text)) * words.style.size
    return words.x + width


def check_that_all_is_on_the_paper(flow: Flow) -> None:
    sheet = flow.sheet
    for page in flow.pages:
        for words in page.words:
            assert words.x >= look.LEFT - 0.1, words
            assert right_of(words) <= look.RIGHT + 0.1, words
            assert words.y < sheet.height - 20, words
        for box in page.boxes:
            assert box.x >= look.LEFT - 0.3
            assert box.x + box.width <= look.RIGHT + 0.3
            assert box.y + box.height <= sheet.height - 38
        for shape in page.shapes:
            assert all(look.LEFT - 3 <= x <= look.RIGHT + 3 for x, _ in shape.points)
            assert all(0 <= y <= sheet.bottom + 0.1 for _, y in shape.points)
        for picture in page.pictures:
            assert picture.x >= look.LEFT
            assert picture.x + picture.width <= look.RIGHT + 0.1
            assert picture.y + picture.height <= sheet.bottom + 0.1


def check_that_no_texts_overlap(flow: Flow) -> None:
    """Letters reach from three quarters of their size above the base line to a tenth below it."""
    for page in flow.pages:
        inks = [
            (words.y - 0.74 * words.style.size, words.y + 0.1 * words.style.size, words)
            for words in sorted(page.words, key=lambda words: words.y - 0.74 * words.style.size)
        ]
        for place, (_, foot, one) in enumerate(inks):
            for top, _, other in inks[place + 1 :]:
                if top > foot - 0.3:
                    break
                apart = right_of(one) <= other.x + 0.1 or right_of(other) <= one.x + 0.1
                assert apart, (one, other)
