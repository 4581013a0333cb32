"""What the documents name exists: commands, files, settings, links."""

from __future__ import annotations

import re
import subprocess
import tomllib

import click
import pytest

from audit_api.app import create_app
from audit_api.config import PREFIX, SETTINGS
from tests.docs.texts import DOCUMENTS, NAMES, ROOT, blocks, code

EXPECTED = {
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "docs/architecture.md",
    "docs/api.md",
    "docs/deploy.md",
    "docs/domain.md",
    "docs/checklists.md",
    "docs/conditions.md",
    "docs/phone.md",
    "docs/reliability.md",
    "docs/security.md",
    "docs/spreadsheets.md",
}
SETTING_NAMES = {PREFIX + setting.name for setting in SETTINGS}
TOP = ("audit_api/", "docs/", "tests/", "tools/", "checklists/", "migrations/", "bench/", ".ci/")
# Made by whoever follows the documents, or inside audit_api/.
ROOMS = ("api/", "services/", "rules/", "storage/", "pdf/", "images/", "models/", "cli/")


def test_the_documents_are_there() -> None:
    assert set(NAMES) >= EXPECTED
    assert len([name for name in NAMES if name.startswith("docs/adr/")]) >= 9


@pytest.mark.parametrize("name", NAMES)
def test_every_setting_that_a_document_names_exists(name: str) -> None:
    named = set(re.findall(r"\bAUDIT_[A-Z0-9_]*[A-Z0-9]\b", DOCUMENTS[name]))
    unknown = named - SETTING_NAMES
    assert {found for found in unknown if not found.startswith("AUDIT_TEST_")} == set()


@pytest.mark.parametrize("name", NAMES)
def test_every_make_target_that_a_document_names_exists(name: str) -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    text = "\n".join(code(DOCUMENTS[name]))
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z-]+)", text)) <= targets


@pytest.fixture(scope="session")
def commands(tmp_path_factory: pytest.TempPathFactory) -> dict[str, click.Command]:
    return create_app({"INSTANCE": str(tmp_path_factory.mktemp("commands"))}).cli.commands


@pytest.mark.parametrize("name", NAMES)
def test_every_flask_command_that_a_document_names_exists(
    name: str, commands: dict[str, click.Command]
) -> None:
    for text in code(DOCUMENTS[name]):
        for group, inner, rest in re.findall(r"\bflask ([a-z]+)(?: ([a-z]+))?([^#]*)", text):
            command = commands[group]
            if inner and isinstance(command, click.Group):
                assert inner in command.commands, text
            for option in re.findall(r" (--[a-z-]+)", rest):
                assert option in options(command, inner), text


def options(command: click.Command, inner: str) -> set[str]:
    chosen = command.commands[inner] if isinstance(command, click.Group) else command
    return {option for parameter in chosen.params for option in parameter.opts}


def test_every_command_of_ours_is_named_in_a_document(commands: dict[str, click.Command]) -> None:
    ours = {
        name
        for name, command in commands.items()
        if getattr(command.callback, "__module__", "").startswith("audit_api.")
        or type(command).__module__.startswith("audit_api.")
    }
    text = "\n".join(line for document in DOCUMENTS.values() for line in code(document))
    assert {name for name in ours if f"flask {name}" not in text} == set()


@pytest.mark.parametrize("name", NAMES)
def test_every_file_and_folder_that_a_document_names_exists(name: str) -> None:
    for text in code(DOCUMENTS[name]):
        for word in re.findall(r"(?<![\w./-])[\w.][\w./*-]*", text):
            if word.startswith(TOP):
                assert list(ROOT.glob(word.rstrip("./"))), word
            elif word.startswith(ROOMS) and "<" not in text:
                assert (ROOT / "audit_api" / word.rstrip("./")).exists(), word


def anchors(text: str) -> set[str]:
    """The headings of a page as links name them."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", NAMES)
def test_every_relative_link_leads_somewhere(name: str) -> None:
    here = (ROOT / name).parent
    for target in re.findall(r"\]\(([^)\s]+)\)", DOCUMENTS[name]):
        if "://" not in target:
            path, _, anchor = target.partition("#")
            page = here / path if path else ROOT / name
            assert page.exists(), target
            assert not anchor or anchor in anchors(page.read_text("utf-8")), target


@pytest.mark.parametrize("name", NAMES)
def test_a_document_speaks_of_the_product_alone(name: str) -> None:
    foreign = r"/root/|/home/|/tmp/(?!tmp\.…)|\.\./shared|\bTODO\b|\bAI\b"
    assert re.search(foreign, DOCUMENTS[name]) is None


@pytest.mark.parametrize("name", NAMES)
def test_every_shell_block_is_shell(name: str) -> None:
    for block in blocks(DOCUMENTS[name], "sh"):
        checked = subprocess.run(["bash", "-n"], input=block, text=True, capture_output=True)
        assert checked.returncode == 0, checked.stderr


def test_the_readme_says_what_the_requirements_of_python_are() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    least = project["requires-python"].removeprefix(">=")
    assert f"Python {least} or newer" in DOCUMENTS["README.md"]
