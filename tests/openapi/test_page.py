"""The page that shows the API, in a real browser that can reach no other host."""

from __future__ import annotations

import html
import json
import re
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from tests.openapi.server import Served
from tests.servers.debian import program

ALONE = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--virtual-time-budget=20000",
    "--window-size=1280,2400",
]


def browse(served: Served, folder: Path, *more: str, language: str = "en") -> str:
    """Open the page in a browser of that language; return what it wrote."""
    command = [
        program("chromium", "chromium-browser", package="chromium"),
        *ALONE,
        f"--lang={language}",
        f"--accept-lang={language}",
        f"--user-data-dir={folder / 'profile'}",
        f"--log-net-log={folder / 'net.json'}",
        *more,
        f"{served.url}/docs",
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=90, check=True)
    return done.stdout


def requested(folder: Path) -> set[str]:
    """Return every address that the page asked for, from the browser's own log.

    What the browser asks of itself has no initiator that is an address.
    """
    log: dict[str, Any] = json.loads((folder / "net.json").read_text())
    asked = (event.get("params", {}) for event in log["events"])
    return {params["url"] for params in asked if params.get("initiator", "").startswith("http")}


@pytest.mark.slow
def test_the_page_shows_every_operation_and_asks_no_other_host(
    served: Served, tmp_path: Path
) -> None:
    dom = browse(served, tmp_path, "--dump-dom")
    spec = httpx.get(f"{served.url}/api/v1/openapi.json").json()
    for path, operations in spec["paths"].items():
        for method in operations.keys() - {"parameters"}:
            operation = operations[method]
            assert f'id="operations-{operation["tags"][0]}-{operation["operationId"]}"' in dom, path
    assert "Unable to render" not in dom
    addresses = requested(tmp_path)
    assert f"{served.url}/api/v1/openapi.json?language=en" in addresses
    assert {urlsplit(address).netloc for address in addresses} == {f"127.0.0.1:{served.port}"}


@pytest.mark.slow
def test_a_browser_in_chinese_shows_every_operation_in_chinese(
    served: Served, tmp_path: Path
) -> None:
    dom = browse(served, tmp_path, "--dump-dom", language="zh-CN")
    spec = httpx.get(f"{served.url}/api/v1/openapi.json?language=zh").json()
    shown = html.unescape(re.sub("<[^>]+>", "", dom)).replace("\u200b", "")
    for operations in spec["paths"].values():
        for method in operations.keys() - {"parameters"}:
            assert operations[method]["summary"] in shown
    assert all(tag["description"] in shown for tag in spec["tags"])
    assert '<html lang="zh">' in dom
    assert {urlsplit(address).netloc for address in requested(tmp_path)} == {
        f"127.0.0.1:{served.port}"
    }


def test_the_page_is_made_of_the_servers_own_files_alone(served: Served) -> None:
    page = httpx.get(f"{served.url}/docs")
    policy = page.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self';")
    assert "http" not in policy
    sources = re.findall(r'<(?:script|link)[^>]* (?:src|href)="([^"]+)"', page.text)
    assert len(sources) == 4
    for source in sources:
        assert source.startswith("/docs/")
        asset = httpx.get(served.url + source)
        assert asset.status_code == 200
        media_type = asset.headers["Content-Type"].split(";")[0]
        assert media_type in {"text/css", "text/javascript", "image/png"}
