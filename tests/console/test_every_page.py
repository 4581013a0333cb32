"""One page of every kind that each person reaches is accessible, fits its window, has a title and
one heading, asks no other host and says nothing in the browser's console."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser

from audit_api.database import db
from audit_api.models import User
from tests.console.access.crawl import everything
from tests.console.desk import LANGUAGES, WIDTHS, Console, desk
from tests.console.visitor import Visitor
from tests.pairs import PAIRS

pytestmark = pytest.mark.slow

PEOPLE = ("hq", "reviewer", "east")
# A page is the same on every database; what people do with it is tested on each.
EMPTY = {
    "hq": ("/console/overview?period=2020-01", "/console/places?text=nothing-is-called-so"),
    "reviewer": ("/console/review?signal=mock_location", "/console/visits?period=1999"),
    "east": ("/console/sites?q=nowhere", "/console/sites?period=2020-01"),
}
"""Pages on which there is nothing to see."""


def kinds(console: Console, person: str) -> list[str]:
    """Return the first address of each kind of page that a person reaches by links."""
    with console.app.app_context():
        email = f"{person}@demo.example"
        user_id = db.session.scalars(sa.select(User.id).where(User.email == email)).one()
        db.session.rollback()
    urls, found = console.app.url_map.bind(""), {}
    for address, response in everything(Visitor(console.app, user_id), urls, of_a_kind=1):
        if response.mimetype == "text/html":
            found.setdefault(urls.match(address.partition("?")[0], "GET")[0], address)
    return list(found.values())


@pytest.mark.parametrize("view", [*zip(LANGUAGES, WIDTHS, strict=True)])
@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("demonstration", PAIRS[:1], indirect=True)
def test_every_kind_of_page_is_what_a_page_has_to_be(
    browser: Browser, console: Console, person: str, view: tuple[str, int]
) -> None:
    addresses = kinds(console, person)
    assert len(addresses) >= {"hq": 30, "reviewer": 10, "east": 8}[person]
    language, width = view
    with desk(browser, console, language=language, width=width) as own:
        own.sign_in(f"{person}@demo.example")
        for address in (*addresses, *EMPTY[person]):
            own.open(address)
