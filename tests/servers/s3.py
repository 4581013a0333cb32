"""A real S3 server for the tests: ministack, on loopback, checking every signature.

`AUDIT_TEST_S3_ENDPOINT`, `_ACCESS_KEY` and `_SECRET_KEY` name another server instead, such as
the one that `tests/servers/ceph.sh` starts.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import boto3

from audit_api.storage.s3 import S3Settings
from audit_api.storage.signature import Credentials
from tests import patience
from tests.servers.ports import free_port


@dataclass(frozen=True, slots=True)
class S3Server:
    """Where the server answers and with which keys."""

    endpoint: str
    access_key: str
    secret_key: str
    region: str = "us-east-1"

    def make_bucket(self) -> str:
        """Make a bucket of its own and return its name."""
        name = f"photos-{uuid4().hex[:12]}"
        self.client().create_bucket(Bucket=name)
        return name

    def client(self) -> Any:
        """Return boto3's own client, to look behind the store's back."""
        return boto3.session.Session().client(
            "s3",
            endpoint_url=self.endpoint,
            region_name=self.region,
            aws_access_key_id=self.access_key,
            aws_secret_access_key=self.secret_key,
        )

    def settings(self, bucket: str) -> S3Settings:
        """Return the settings with which an `S3Store` uses `bucket` here."""
        return S3Settings(
            bucket,
            region=self.region,
            endpoint=self.endpoint,
            credentials=Credentials(self.access_key, self.secret_key),
        )


@contextmanager
def s3_server() -> Iterator[S3Server]:
    """Yield the server that the environment names, or one started for this run alone."""
    endpoint = os.environ.get("AUDIT_TEST_S3_ENDPOINT")
    if endpoint:
        keys = (os.environ[f"AUDIT_TEST_S3_{name}_KEY"] for name in ("ACCESS", "SECRET"))
        yield S3Server(endpoint, *keys)
        return
    with tempfile.TemporaryDirectory() as folder, _started(folder, free_port()) as endpoint:
        yield S3Server(endpoint, "test", "test")


@contextmanager
def _started(folder: str, port: int) -> Iterator[str]:
    endpoint = f"http://127.0.0.1:{port}"
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": folder,
        "TMPDIR": folder,
        "AUTH": "true",
        "BIND_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(port),
        "LOG_LEVEL": "ERROR",
        "S3_DATA_DIR": folder,
        "STATE_DIR": folder,
    }
    with open(f"{folder}/log", "wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "ministack"], env=environment, stdout=log, stderr=log, cwd=folder
        )
    try:
        _wait_until_it_answers(server, endpoint)
        yield endpoint
    finally:
        server.terminate()
        try:
            server.wait(5)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait_until_it_answers(server: subprocess.Popen[bytes], endpoint: str) -> None:
    give_up = time.monotonic() + patience.SECONDS
    while server.poll() is None and time.monotonic() < give_up:
        try:
            with urllib.request.urlopen(f"{endpoint}/_ministack/health", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise RuntimeError("the S3 server did not start")
