"""Every template can be read, escapes what it says, and gives each of its forms the key."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask

import audit_api.console

FOLDER = Path(audit_api.console.__file__).parent / "templates"
TEMPLATES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.html"))
FORM = re.compile(r"<form\b[^>]*>.*?</form>", re.DOTALL)
FORBIDDEN = re.compile(
    r"\|\s*safe\b|<style|\sstyle=|\son[a-z]+=|autoescape"
    r'|<script(?![^>]* (?:src=|type="application/json"))'
)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_can_be_read(shared_app: Flask, name: str) -> None:
    assert shared_app.jinja_env.get_template(name)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_says_nothing_unescaped_and_styles_and_scripts_nothing_itself(name: str) -> None:
    assert FORBIDDEN.findall((FOLDER / name).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_form_that_writes_carries_its_key(name: str) -> None:
    forms = FORM.findall((FOLDER / name).read_text(encoding="utf-8"))
    writing = [form for form in forms if 'method="post"' in form.partition(">")[0]]
    assert [form for form in writing if "frame_key()" not in form] == []
    reading = [form for form in forms if 'method="post"' not in form.partition(">")[0]]
    assert [form for form in reading if "frame_key()" in form] == []
