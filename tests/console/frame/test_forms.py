"""No form is taken that a page of ours did not give to the very browser that sends it, and every
page is under strict headers."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from audit_api.console import OPEN
from tests.console.visitor import Visitor
from tests.world import World

SIGN_OUT = "/console/sign-out"


def test_a_form_without_its_key_is_refused(shared_world: World) -> None:
    visitor = Visitor(shared_world.app, shared_world.users["hq"])
    for form in ({}, {"key": ""}, {"key": "0" * 64}):
        refused = visitor.client.post(SIGN_OUT, data=form)
        assert refused.status_code == 403
        assert "too old" in refused.text
    assert visitor.get("/console/account").status_code == 200


def test_the_key_of_another_browser_is_none(shared_world: World) -> None:
    other = Visitor(shared_world.app, shared_world.users["reviewer"]).key()
    visitor = Visitor(shared_world.app, shared_world.users["hq"])
    assert visitor.client.post(SIGN_OUT, data={"key": other}).status_code == 403
    nobodys = Visitor(shared_world.app).key()
    assert visitor.client.post(SIGN_OUT, data={"key": nobodys}).status_code == 403


def test_a_form_that_another_site_sends_is_refused_even_with_its_key(shared_world: World) -> None:
    visitor = Visitor(shared_world.app, shared_world.users["hq"])
    for site in ("cross-site", "same-site"):
        sent = visitor.post(
            "/console/language", {"language": "zh"}, headers={"Sec-Fetch-Site": site}
        )
        assert sent.status_code == 403


def test_every_form_needs_its_key(shared_world: World) -> None:
    visitor = Visitor(shared_world.app, shared_world.users["hq"])
    addresses = [
        re.sub("<[^>]+>", "00000000-0000-4000-8000-000000000000", rule.rule)
        for rule in shared_world.app.url_map.iter_rules()
        if rule.endpoint.startswith("console") and "POST" in (rule.methods or ())
    ]
    assert len(addresses) > 5
    for address in addresses:
        assert visitor.client.post(address).status_code == 403, address


def test_every_page_but_a_few_is_for_those_who_are_signed_in(shared_app: Flask) -> None:
    nobody = Visitor(shared_app)
    rules = [
        rule
        for rule in shared_app.url_map.iter_rules()
        if rule.endpoint.startswith("console") and "GET" in (rule.methods or ())
    ]
    for rule in rules:
        address = re.sub("<[^>]+>", "00000000-0000-4000-8000-000000000000", rule.rule)
        expected = 303 if rule.endpoint not in OPEN else {200, 404}
        found = nobody.get(address).status_code
        assert found == expected or (isinstance(expected, set) and found in expected), address


@pytest.mark.parametrize("path", ["/console/account", "/console/nothing", "/console/sign-in"])
def test_a_page_may_load_nothing_but_from_its_own_server_and_is_kept_nowhere(
    shared_world: World, path: str
) -> None:
    response = Visitor(shared_world.app, shared_world.users["hq"]).get(path)
    if response.status_code == 303:
        return
    policy = dict(
        part.strip().split(" ", 1)
        for part in response.headers["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert "Cookie" in response.headers["Vary"]
    assert not re.search(r"<script(?![^>]* src=)|<style| style=| on[a-z]+=", response.text)


def test_an_address_that_nothing_has_is_told_on_a_page_with_the_way_out(
    shared_world: World,
) -> None:
    lost = Visitor(shared_world.app, shared_world.users["hq"]).get("/console/nothing")
    assert lost.status_code == 404
    assert "<h1>Not found</h1>" in lost.text
    assert 'href="/console"' in lost.text


def test_files_of_pages_are_kept_for_ever_under_the_address_of_what_they_are(
    shared_app: Flask,
) -> None:
    nobody = Visitor(shared_app)
    page = nobody.page("/console/sign-in")
    addresses = re.findall(r'(?:href|src)="(/console/static/[^"]+)"', page)
    assert len(addresses) >= 4
    for address in addresses:
        with nobody.get(address) as named:
            assert (named.status_code, "immutable" in named.headers["Cache-Control"]) == (200, True)
        with nobody.get(address.partition("?")[0]) as other:
            assert other.headers["Cache-Control"] == "no-cache"
    assert nobody.get("/console/static/../__init__.py").status_code in (303, 404)
