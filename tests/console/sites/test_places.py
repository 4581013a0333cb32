"""Places, imports and settings: what is stored, what is refused and where, and who may."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from audit_api.database import db
from audit_api.models import Organisation, Region, Site
from audit_api.services.access import Who
from audit_api.services.sites import imports, regions, sites
from audit_api.sheets.lines import Upload
from tests.console.visitor import Visitor
from tests.organisations import person, region, site
from tests.sheets.books import book
from tests.world import NOW, World, jpeg, make_world

SITE = {"name": "One", "code": "s1", "kind": "own", "time_zone": "UTC", "geofence_metres": "150"}
SHEET = "code,name,region_code,time_zone\ns1,One,north,UTC\n"


@pytest.fixture
def own(context: Flask, hq: Who) -> Visitor:
    """HQ of an organisation that has a region."""
    region(hq, "north")
    user_id = person(hq, "hq").id
    db.session.commit()
    return Visitor(context, user_id)


def upload(text: str | bytes, name: str = "sheet.csv") -> tuple[io.BytesIO, str]:
    return io.BytesIO(text if isinstance(text, bytes) else text.encode()), name


def north(hq: Who) -> Region:
    db.session.rollback()
    return regions.find_code("north", by=hq)


def the_site(hq: Who) -> Site:
    db.session.rollback()
    return db.session.scalars(sites.listed(by=hq, code="s1")).one()


def said(response: Any) -> str:
    text: str = response.get_data(as_text=True)
    return text


def test_a_region_is_added_below_another_moved_and_deleted(own: Visitor, hq: Who) -> None:
    added = own.send(
        "/console/places/regions/new", code="city", name="City", parent_id=str(north(hq).id)
    )
    assert added.status_code == 303
    city = regions.find_code("city", by=hq)
    path = f"/console/places/regions/{city.id}"
    held = own.send(f"/console/places/regions/{north(hq).id}/delete", version=north(hq).version)
    assert held.status_code == 409
    assert "city" in said(held)
    moved = own.send(path, code="city", name="Town", parent_id="", version=city.version)
    assert moved.status_code == 303
    db.session.rollback()
    assert (city.name, city.parent_id) == ("Town", None)
    assert own.send(f"{path}/delete", version=1).status_code == 412
    assert own.send(f"{path}/delete", version=city.version).status_code == 303
    assert own.get(path).status_code == 404


def test_a_taken_code_is_told_and_what_was_typed_stays(own: Visitor) -> None:
    refused = own.send("/console/places/regions/new", code="north", name="Another")
    assert refused.status_code == 409
    assert 'value="Another"' in said(refused)


def test_a_site_keeps_what_its_attributes_are(own: Visitor, hq: Who) -> None:
    region_id = north(hq).id
    site(hq, "s1", region_id)
    db.session.commit()
    found = the_site(hq)
    sites.change(found, by=hq, now=NOW, attributes={"floors": 3, "open": True, "format": "big"})
    db.session.commit()
    typed = "floors: 3\nopen: false\nsize： 大"
    form = SITE | {"region_id": str(region_id), "attributes": typed, "version": found.version}
    path = f"/console/places/sites/{found.id}"
    assert "open: true" in own.page(path)
    assert own.send(path, **form).status_code == 303
    found = the_site(hq)
    assert found.attributes == {"floors": 3, "open": "false", "size": "大"}
    assert not found.active


@pytest.mark.parametrize("typed", ["no colon", ": no name", "twice: 1\ntwice: 2"])
def test_a_line_that_is_no_attribute_is_told_at_its_field(
    own: Visitor, hq: Who, typed: str
) -> None:
    form = SITE | {"region_id": str(north(hq).id), "attributes": typed}
    refused = own.send("/console/places/sites/new", **form)
    assert refused.status_code == 422
    assert 'id="attributes-wrong"' in said(refused)


def test_sites_are_found_by_a_part_of_their_code_or_name(own: Visitor, hq: Who) -> None:
    region_id = north(hq).id
    for code in ("s1", "s2", "a_b"):
        site(hq, code, region_id)
    db.session.commit()
    assert own.page("/console/places?text=S2").count("/console/places/sites/") == 2  # and "new"
    assert own.page("/console/places?text=a_").count("/console/places/sites/") == 2
    assert "No site is like that" in own.page("/console/places?text=%25")
    assert own.get("/console/places?kind=unheard").status_code == 422


def test_a_dry_run_stores_nothing_and_the_file_stays_in_the_page(own: Visitor, hq: Who) -> None:
    checked = own.send("/console/imports?what=sites", file=upload(SHEET), do="check")
    assert checked.status_code == 200
    assert "nothing is stored yet" in said(checked)
    assert db.session.scalars(sites.listed(by=hq)).all() == []
    held = said(checked).split('name="held" value="')[1].split('"')[0]
    imported = own.send(
        "/console/imports?what=sites", held=held, held_name="sheet.csv", do="import"
    )
    assert imported.status_code == 303
    assert "Added: 1." in own.page(imported.location)
    assert the_site(hq).name == "One"


def test_a_large_file_is_asked_for_again(own: Visitor) -> None:
    lines = SHEET + "".join(f"x{n},{'Long ' * 30},north,UTC\n" for n in range(2_000))
    checked = own.send("/console/imports?what=sites", file=upload(lines), do="check")
    assert 'name="held"' not in said(checked)
    assert "choose it again" in said(checked)


def test_a_workbook_is_imported_like_a_sheet(own: Visitor, hq: Who) -> None:
    cells = [line.split(",") for line in SHEET.splitlines()]
    imported = own.send(
        "/console/imports?what=sites", file=upload(book(sites=cells), "s.xlsx"), do="import"
    )
    assert imported.status_code == 303
    assert the_site(hq).name == "One"


def test_every_fault_is_told_by_line_and_column_and_nothing_is_stored(
    own: Visitor, hq: Who
) -> None:
    refused = own.send("/console/imports?what=sites", text=f"{SHEET}s2,,south,UTC\n", do="import")
    assert refused.status_code == 422
    for column in ("name", "region_code"):
        assert f'<td class="number">3</td><td><code>{column}</code></td>' in said(refused)
    assert "s2,,south,UTC" in said(refused)
    assert db.session.scalars(sites.listed(by=hq)).all() == []
    nothing = own.send("/console/imports?what=sites", text="", do="check")
    assert 'id="text-wrong"' in said(nothing)
    wrong = own.send("/console/imports?what=sites", file=upload("code\nx"), do="check")
    assert 'name="held"' not in said(wrong)
    broken = own.send("/console/imports?what=sites", held="no base64", do="check")
    assert broken.status_code == 422


def test_what_is_given_to_begin_with_can_be_read(own: Visitor, hq: Who) -> None:
    for what in ("regions", "sites", "users"):
        template = own.get(f"/console/imports/{what}.csv")
        assert template.headers["Content-Disposition"] == f'attachment; filename="{what}.csv"'
        getattr(imports, what).load(Upload(template.data), by=hq, now=NOW)
        db.session.commit()
    assert own.get("/console/imports/visits.csv").status_code == 200
    assert own.get("/console/imports/unheard.csv").status_code == 404
    assert own.get("/console/imports?what=unheard").status_code == 422


def test_the_menu_says_which_of_two_places_of_a_room_one_is_at(own: Visitor) -> None:
    here = re.compile(r'href="([^"]+)" aria-current="page"')
    for page, place in (
        ("/console/settings", "/console/settings"),
        ("/console/places", "/console/places"),
        ("/console/places/sites/new", "/console/places"),
    ):
        assert here.findall(own.page(page)) == [place], page


def test_the_settings_are_set_and_taken_away(own: Visitor, hq: Who) -> None:
    assert own.send("/console/settings/target", target="82.5").status_code == 303
    assert own.send("/console/settings/target", target="101").status_code == 422
    assert 'value="82.5"' in own.page("/console/settings")
    assert own.send("/console/settings/colour", own="true", colour="#0f6a3b").status_code == 303
    faint = own.send("/console/settings/colour", own="true", colour="#ffff00")
    assert 'id="colour-wrong"' in said(faint)
    assert own.send("/console/settings/logo", logo=upload(jpeg(), "logo.jpg")).status_code == 303
    assert "data:image/jpeg;base64," in own.page("/console/settings")
    assert own.send("/console/settings/logo", logo=upload(b"no image")).status_code == 422
    assert own.send("/console/settings/logo").status_code == 422
    assert own.send("/console/settings/logo/remove").status_code == 303
    assert own.send("/console/settings/colour", colour="#0f6a3b").status_code == 303
    assert own.send("/console/settings/target", target="").status_code == 303
    db.session.rollback()
    kept = sa.select(Organisation.logo, Organisation.colour, Organisation.target)
    row = db.session.execute(kept.where(Organisation.id == hq.organisation_id)).one()
    assert row == (None, None, None)


@pytest.mark.parametrize("role", ["reviewer", "manager", "auditor"])
def test_nobody_but_hq_administers(shared_world: World, role: str) -> None:
    world = shared_world
    other = Visitor(world.app, world.users[role])
    for page in (
        *(
            "/console/places",
            "/console/places/regions/new",
            "/console/places/sites/new",
            "/console/imports",
            "/console/settings",
        ),
        *(f"/console/places/regions/{world.region_id}", f"/console/places/sites/{world.site_id}"),
        *("/console/imports?what=visits", "/console/imports/users.csv"),
    ):
        assert other.get(page).status_code == 403, page
    form = SITE | {"region_id": str(world.region_id), "version": 1}
    for page, sent in (
        ("/console/places/regions/new", {"code": "x", "name": "X"}),
        (f"/console/places/regions/{world.region_id}", {"code": "x", "name": "X", "version": 1}),
        (f"/console/places/regions/{world.region_id}/delete", {"version": 1}),
        ("/console/places/sites/new", form),
        (f"/console/places/sites/{world.site_id}", form),
        ("/console/imports?what=sites", {"text": SHEET, "do": "import"}),
        ("/console/settings/target", {"target": "1"}),
        ("/console/settings/colour", {}),
        ("/console/settings/logo/remove", {}),
        ("/console/settings/logo", {"logo": upload(jpeg(), "logo.jpg")}),
    ):
        assert other.send(page, **sent).status_code == 403, page


def test_places_of_another_organisation_are_missing(shared_world: World) -> None:
    other, own = make_world(shared_world.app), Visitor(shared_world.app, shared_world.users["hq"])
    pages = f"/console/places/regions/{other.region_id}", f"/console/places/sites/{other.site_id}"
    form = SITE | {"region_id": str(shared_world.region_id), "version": 1}
    for page in pages:
        assert own.get(page).status_code == 404
        assert own.send(page, **form).status_code == 404
    assert own.send(f"{pages[0]}/delete", version=1).status_code == 404
    foreign = own.send("/console/places/sites/new", **form | {"region_id": str(other.region_id)})
    assert 'id="region_id-wrong"' in said(foreign)
