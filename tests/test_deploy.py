"""What deployment files and docs/deploy.md say is true of the code beside them."""

from __future__ import annotations

import importlib.util
import json
import re
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from ruamel.yaml import YAML

from audit_api.app import create_app
from audit_api.config import PREFIX, SETTINGS

ROOT = Path(__file__).parent.parent
GUIDE = (ROOT / "docs/deploy.md").read_text(encoding="utf-8")
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = YAML(typ="safe").load((ROOT / "compose.yaml").read_text("utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = ("application", "worker", "long-worker", "migration", "bucket")
NAMES = {PREFIX + setting.name for setting in SETTINGS}


def words(command: str | list[str]) -> list[str]:
    return command.split() if isinstance(command, str) else command


def commands() -> Iterator[list[str]]:
    """Yield every command that starts a process of ours: the guide's, the image's, compose's."""
    (started,) = re.findall(r"^CMD (\[.*\])$", DOCKERFILE, re.MULTILINE)
    yield json.loads(started)
    for name in OURS:
        if "command" in SERVICES[name]:
            yield words(SERVICES[name]["command"])
    for line in re.findall(r"^\.venv/bin/((?:.*\\\n)*.*)$", GUIDE, re.MULTILINE):
        yield words(line.replace("\\\n", " "))


def test_the_guide_lists_every_setting_with_its_default_and_meaning() -> None:
    chapter = GUIDE.split("\n## Settings\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| `(AUDIT_\w+)` \| (.*?) \| (.*) \|$", chapter, re.MULTILINE)
    assert rows == [
        (PREFIX + s.name, "empty" if s.default == "" else f"`{s.default}`", s.help)
        for s in SETTINGS
    ]


@pytest.mark.parametrize("file", ["compose.yaml", "Dockerfile", "docs/deploy.md", "Makefile"])
def test_no_file_names_a_setting_that_does_not_exist(file: str) -> None:
    named = set(re.findall(r"\bAUDIT_[A-Z0-9_]*[A-Z0-9]\b", (ROOT / file).read_text("utf-8")))
    assert {name for name in named - NAMES if not name.startswith("AUDIT_TEST_")} == set()


def test_every_command_of_celery_and_python_names_something_that_exists() -> None:
    said = [word for command in commands() for word in command]
    places = {word for word in said if re.fullmatch(r"[\w.]+:\w+", word)}
    assert places == {"wsgi:celery"}
    # Without a broker there is no Celery, but its place is there, beside that of any WSGI server.
    assert hasattr(importlib.import_module("wsgi"), "celery")
    assert hasattr(importlib.import_module("wsgi"), "app")
    makefile = (ROOT / "Makefile").read_text("utf-8")
    modules = {said[i + 1] for i, word in enumerate(said) if word == "-m"}
    assert modules | set(re.findall(r"exec \$\(PY\) -m (\S+)", makefile)) == {"audit_api.server"}
    assert importlib.util.find_spec("audit_api.server.__main__")


def test_every_flask_command_exists(tmp_path: Path) -> None:
    known = create_app({"INSTANCE": str(tmp_path)}).cli.commands
    asked = re.findall(r"\bflask ([a-z]+)", GUIDE + (ROOT / "Makefile").read_text("utf-8"))
    asked += [command[1] for command in commands() if command[0] == "flask"]
    assert set(asked) <= set(known)
    assert {"db", "demo"} <= set(asked)


def test_the_health_paths_are_routes(tmp_path: Path) -> None:
    routes = {rule.rule for rule in create_app({"INSTANCE": str(tmp_path)}).url_map.iter_rules()}
    assert {"/healthz", "/readyz"} <= routes
    assert "http://127.0.0.1:8000/healthz" in DOCKERFILE


def test_compose_waits_only_for_services_that_it_has() -> None:
    waited = {other for service in SERVICES.values() for other in service.get("depends_on", ())}
    assert waited <= set(SERVICES)
    healthy = {
        other
        for service in SERVICES.values()
        for other, how in service.get("depends_on", {}).items()
        if how["condition"] == "service_healthy"
    }
    assert all("healthcheck" in SERVICES[other] for other in healthy)


def test_compose_reaches_only_its_own_services() -> None:
    filled = [
        re.sub(r"\$\{.*?\}", "", str(value))
        for name in OURS
        for value in SERVICES[name]["environment"].values()
    ]
    reached = {urlsplit(value).hostname for value in filled if "://" in value}
    assert reached == {"database", "store", "redis"}


def test_compose_gives_one_set_of_settings_to_all_that_is_ours() -> None:
    given = [
        {k: v for k, v in SERVICES[name]["environment"].items() if k in NAMES} for name in OURS
    ]
    assert all(settings == given[0] for settings in given)


def test_compose_writes_down_no_secret() -> None:
    secrets = re.compile(r"SECRET|PASSWORD|ACCESS_KEY")
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            if secrets.search(name):
                assert re.fullmatch(r"\$\{\w+:\?.+\}", value), name


def test_compose_names_versions_and_keeps_what_it_is_told() -> None:
    bought = {name: s for name, s in SERVICES.items() if name not in OURS}
    for name, service in bought.items():
        assert re.search(r":\d[\w.]*$", service["image"]), name
        assert service["volumes"][0].split(":")[0] in COMPOSE["volumes"]


def test_compose_opens_ports_on_the_loopback_address_alone() -> None:
    ports = [port for service in SERVICES.values() for port in service.get("ports", ())]
    assert ports
    assert all(str(port).startswith("127.0.0.1:") for port in ports)


def test_the_image_holds_what_the_build_may_see_and_runs_as_nobody_special() -> None:
    copied = re.findall(r"^COPY (\S+) ", DOCKERFILE, re.MULTILINE)
    allowed = re.findall(r"^!(\S+)$", (ROOT / ".dockerignore").read_text("utf-8"), re.MULTILINE)
    assert sorted(copied) == sorted(allowed)
    assert all((ROOT / path).exists() for path in copied)
    users = re.findall(r"^USER (\S+)$", DOCKERFILE, re.MULTILINE)
    assert users == ["audit"]


def test_the_guides_json_is_json_and_its_secrets_are_those_that_compose_asks_for() -> None:
    blocks = re.findall(r"```json\n(.*?)```", GUIDE, re.DOTALL)
    assert all(json.loads(block) for block in blocks)
    (made,) = re.findall(r"^for name in (.*); do$", GUIDE, re.MULTILINE)
    demanded = re.findall(r"\$\{(\w+):\?", (ROOT / "compose.yaml").read_text("utf-8"))
    assert set(made.split()) == set(demanded)


def make(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["make", "--no-print-directory", *arguments], cwd=ROOT, capture_output=True, text=True
    )


def test_make_alone_lists_every_target_that_is_for_people() -> None:
    listed = set(re.findall(r"^make ([a-z-]+) ", make().stdout, re.MULTILINE))
    makefile = (ROOT / "Makefile").read_text("utf-8")
    (phony,) = re.findall(r"^\.PHONY: (help .*)$", makefile, re.MULTILINE)
    assert listed == set(phony.split()) - {"port-free"}


def test_make_run_refuses_a_port_on_which_something_serves_even_one_that_shares_it() -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        refused = make("port-free", f"PORT={port}")
    assert refused.returncode != 0
    assert f"Port {port} of 127.0.0.1 cannot be used" in refused.stderr
    assert make("port-free", f"PORT={port}").returncode == 0
