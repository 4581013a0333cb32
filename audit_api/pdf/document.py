"""What every document is made of: its head, its sections, the edges of its pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from audit_api.drawing import colours, styles
from audit_api.drawing.languages import Labels, Text, each, joined
from audit_api.drawing.lettering import height_of
from audit_api.drawing.marks import Box
from audit_api.drawing.styles import tinted
from audit_api.pdf import look
from audit_api.pdf.columns import height_side_by_side, side_by_side, unparted
from audit_api.pdf.page import Flow
from audit_api.pdf.photo import Unreadable, plain
from audit_api.pdf.structure import UNSAID, Element, Tag
from audit_api.typography.text import FONTS

_LOGO = (150.0, 38.0)
_KEY_WIDTH = 92.0
_ABOVE = 16.0
_COLUMN = look.WIDTH / 2
_BULLETED = (look.LEFT + 12, look.WIDTH - 12)


def head(
    flow: Flow, *, logo: bytes | None, owner: str, kind: Text, title: str, subtitle: str
) -> None:
    """The first page's head: whose document, what it is, of which site, of which time."""
    flow.y = 36
    _owner(flow, logo, owner)
    flow.y = 36 + _LOGO[1] + 14
    flow.mark(kind)
    flow.write(joined(kind, " · "), tinted(look.EYEBROW, flow.accent))
    for words, style, tag in (
        (title, look.TITLE, Tag.TITLE),
        (subtitle, look.SUBTITLE, Tag.PARAGRAPH),
    ):
        block = flow.block(words, style, look.WIDTH, most=2)
        with flow.part(tag):
            flow.page.put_block(look.LEFT, flow.y, block)
        flow.space(height_of(block))
    flow.space(9)
    flow.rule(flow.accent, 1.2)
    flow.space(12)


def _owner(flow: Flow, logo: bytes | None, owner: str) -> None:
    """The logo, or the name where there is none or it cannot be drawn."""
    try:
        picture = plain(logo) if logo else None
    except Unreadable:
        picture = None
    if picture is None:
        flow.page.put(look.LEFT, flow.y + 10, owner, look.SUBHEADING, look.WIDTH)
        return
    scale = min(_LOGO[0] / picture.width, _LOGO[1] / picture.height)
    wide, high = picture.width * scale, picture.height * scale
    top = flow.y + (_LOGO[1] - high) / 2
    with flow.part(Tag.FIGURE, owner):
        flow.page.show(look.LEFT, top, wide, high, picture)


def facts(flow: Flow, given: Sequence[tuple[Text, Text]]) -> None:
    """Keys and values, two to a row."""
    with flow.part(Tag.TABLE):
        for index in range(0, len(given), 2):
            _fact_row(flow, given[index : index + 2])


def _fact_row(flow: Flow, pair: Sequence[tuple[Text, Text]]) -> None:
    room = _COLUMN - _KEY_WIDTH - 14
    cells = [
        (flow.block(key, styles.MUTED, _KEY_WIDTH - 8, 2), flow.block(value, styles.BODY, room, 3))
        for key, value in pair
    ]
    height = max(height_of(block) for cell in cells for block in cell) + 3
    flow.need(height)
    for column, (key, value) in enumerate(cells):
        x = look.LEFT + column * _COLUMN
        with flow.structure.row():
            for place, (at, block) in enumerate(((x, key), (x + _KEY_WIDTH, value))):
                with flow.structure.cell(place):
                    flow.page.put_block(at, flow.y, block)
    flow.space(height)


def heading(flow: Flow, title: Text, keep: float, count: int | None = None) -> None:
    """A section's heading, on the same page as the first `keep` points of what follows."""
    said = joined(title, " · ") if count is None else f"{joined(title, ' · ')} ({count})"
    flow.need(_ABOVE + look.HEADING.leading + 6 + keep)
    if flow.y > look.TOP:
        flow.space(_ABOVE)
    flow.mark(said)
    with flow.part(Tag.HEADING):
        flow.page.put(look.LEFT, flow.y, said, tinted(look.HEADING, flow.accent), look.WIDTH)
    flow.space(look.HEADING.leading + 6)


def bullets(flow: Flow, sentences: Iterable[Text]) -> None:
    with flow.part(Tag.LIST):
        for sentence in sentences:
            flow.need(unparted(sentence, styles.BODY, _BULLETED[1]))
            flow.page.boxes.append(Box(look.LEFT + 2, flow.y + 5, 3, 3, flow.accent))
            with flow.part(Tag.ITEM), flow.part(Tag.BODY):
                side_by_side(flow, sentence, styles.BODY, *_BULLETED)
            flow.space(2)


def contents(
    flow: Flow, labels: Labels, *, page: int, y: float, part: Element | None = None
) -> None:
    """Where the sections stand, on a line that was left free for it, and in a part."""
    told = [
        labels.say("report.section_at", title=mark.title, page=mark.page + 1)
        for mark in flow.outline
        if mark.level == 0 and mark.page > page
    ]
    if told:
        said = "  |  ".join(each(entry)[0] for entry in told)
        with flow.structure.inside(part or flow.structure.add(Tag.PARAGRAPH)):
            flow.pages[page].put(look.LEFT, y, said, styles.SMALL, look.WIDTH)


def sentences(flow: Flow, title: Text, first: Text, others: Sequence[Text] = ()) -> None:
    """A section that is a sentence, and those that follow from it."""
    keep = sum(height_side_by_side(text, styles.BODY) + 4 for text in (first, *others[:2]))
    heading(flow, title, keep=keep)
    side_by_side(flow, first, styles.BODY)
    if others:
        flow.space(4)
        bullets(flow, others)


def edges(flow: Flow, labels: Labels, *, title: str, owner: str, identity: str) -> None:
    """What every page carries at its edges; the first page's head is the document's own.  It is
    not read out, but for the identity, once: after all else."""
    pages = len(flow.pages)
    foot, owned = flow.sheet.foot, look.WIDTH * 0.36
    last = flow.structure.add(Tag.PARAGRAPH)
    with flow.unsaid():
        for number, page in enumerate(flow.pages, start=1):
            if number > 1:
                page.put(look.LEFT, 30, title, styles.SMALL, look.WIDTH * 0.62)
                page.put(look.RIGHT - owned, 30, owner, styles.SMALL, owned, "right")
            page.boxes.append(Box(look.LEFT, foot - 5, look.WIDTH, 0.5, colours.LINE))
            said = joined(labels.say("report.page", page=number, pages=pages), " · ")
            count = FONTS.fit(said, styles.SMALL, look.WIDTH)
            page.put(look.LEFT, foot, count, styles.SMALL, look.WIDTH, "right")
            room = look.WIDTH - FONTS.width(count, styles.SMALL) - 12
            with flow.structure.inside(UNSAID if number < pages else last):
                page.put(look.LEFT, foot, identity, styles.TINY, room)
