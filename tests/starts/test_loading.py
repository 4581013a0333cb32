"""A start loads what every call needs, and nothing that only some do."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence

import pytest

from tests.starts.together import ROOT

LEFT_OUT = (
    *("PIL", "audit_api.demonstration.drawing", "audit_api.manuscripts.checks", "audit_api.pdf"),
    *("boto3", "botocore", "celery", "kombu", "numpy", "openpyxl", "pi_heif", "pyxform", "redis"),
    *("pyarrow", "reportlab", "ruamel", "xlsxwriter"),
)
"""What is for files, photos, reports, a broker, a bucket or several servers."""

_LOAD = "import json, sys; import {module}; print(json.dumps(sorted(sys.modules)))"
_FORK = """
import os, audit_api.server.nursery
from audit_api.database import new_id
for _ in range(2):
    if os.fork() == 0:
        sys.stdout.write("".join(f"{new_id()}\\n" for _ in range(1000)))
        sys.stdout.flush()
        os._exit(0)
    os.wait()
"""


def told(code: str) -> str:
    """Run Python in the clone and return what it prints."""
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("module", ["audit_api.app", "audit_api.server.nursery"])
def test_what_few_calls_need_is_not_loaded_at_the_start(module: str) -> None:
    loaded: Sequence[str] = json.loads(told(_LOAD.format(module=module)))
    assert module in loaded
    assert not [each for each in LEFT_OUT if each in loaded]


def test_workers_that_were_forked_from_one_process_never_make_the_same_id() -> None:
    ids = told(_FORK).split()
    assert len(ids) == 2000
    assert len(set(ids)) == 2000


def test_what_workers_are_forked_from_has_one_thread_and_nothing_that_is_open() -> None:
    code = """
import os
before = set(os.listdir("/proc/self/fd"))
import audit_api.server.nursery
print(os.listdir("/proc/self/task") == [str(os.getpid())])
print(sorted(set(os.listdir("/proc/self/fd")) - before))
"""
    assert told(code).split("\n")[:2] == ["True", "[]"]
