"""Photos decoded outside the server: whatever happens there happens to one photo."""

from __future__ import annotations

import multiprocessing
import os
import resource
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO

import pytest

from audit_api.errors import Kind, Problem
from audit_api.images.decoder import Decoder
from audit_api.images.preparation import prepare
from audit_api.images.prepared import Unreadable
from audit_api.rules.lifecycle import UnreadableReason
from audit_api.workshop import pipe
from tests.images.photos import declaring, encoded, exif, jpeg_of, quarters

pytestmark = pytest.mark.slow

SCAN = b"\xff\xda"
PHOTO = encoded(quarters(800, 600), exif=exif(6))


@pytest.fixture
def decoder() -> Iterator[Decoder]:
    decoder = Decoder()
    yield decoder
    decoder.close()


_of_others: set[int] = set()


@pytest.fixture(autouse=True)
def _only_own_children() -> None:
    """Leave out what the decoders of other tests' applications have started."""
    _of_others.clear()
    _of_others.update(children())


def children(parent: int | None = None) -> list[int]:
    """Return the decoding processes that `parent`, this process by default, has started."""
    wanted = str(parent or os.getpid())
    everything = [int(name) for name in os.listdir("/proc") if name.isdigit()]
    return [pid for pid in everything if decodes(pid, wanted) and pid not in _of_others]


def decodes(pid: int, parent: str) -> bool:
    try:
        after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False
    return after_name[1] == parent and b"audit_api.images.child" in command


def only_child() -> int:
    (pid,) = children()
    return pid


def reason(decoder: Decoder, data: bytes = PHOTO) -> UnreadableReason:
    with pytest.raises(Unreadable) as caught:
        decoder.prepare(data)
    return caught.value.reason


def test_a_child_prepares_as_the_server_itself_would(decoder: Decoder) -> None:
    assert decoder.prepare(PHOTO) == prepare(PHOTO)
    silent = encoded(quarters(), "PNG")
    assert decoder.prepare(silent) == prepare(silent)


def test_a_child_says_why_a_photo_is_unreadable(decoder: Decoder) -> None:
    progressive = encoded(quarters(), progressive=True, subsampling=0)
    assert reason(decoder, declaring(progressive, 20_000, 11_000)) is UnreadableReason.TOO_COSTLY
    assert reason(decoder, PHOTO[: PHOTO.index(SCAN)]) is UnreadableReason.DAMAGED
    first = only_child()
    assert reason(decoder, b"GIF89a") is UnreadableReason.TYPE_NOT_ACCEPTED
    decoder.prepare(PHOTO)
    assert only_child() == first


def test_a_child_decodes_200_megapixels_within_its_limits(decoder: Decoder) -> None:
    photo = decoder.prepare(jpeg_of(16320, 12240))
    assert (photo.width, photo.height, photo.damaged) == (16320, 12240, False)
    assert decoder.prepare(PHOTO[:-500]).damaged


def test_a_child_killed_in_mid_work_costs_one_photo(
    decoder: Decoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    decoder.prepare(PHOTO)
    send = pipe.send

    def send_and_kill(stream: IO[bytes], head: dict[str, object], *parts: bytes) -> None:
        os.kill(only_child(), signal.SIGSTOP)
        send(stream, head, *parts)
        os.kill(only_child(), signal.SIGKILL)

    with monkeypatch.context() as patch:
        patch.setattr(pipe, "send", send_and_kill)
        assert reason(decoder, encoded(quarters(64, 48))) is UnreadableReason.TOO_COSTLY
    assert decoder.prepare(PHOTO) == prepare(PHOTO)


def test_a_child_that_hangs_costs_one_photo() -> None:
    decoder = Decoder(timeout=5)
    decoder.prepare(PHOTO)
    os.kill(only_child(), signal.SIGSTOP)
    assert reason(decoder, encoded(quarters(3000, 3000), "PNG")) is UnreadableReason.TOO_COSTLY
    assert decoder.prepare(PHOTO) == prepare(PHOTO)
    decoder.close()


def test_a_child_without_memory_costs_one_photo(decoder: Decoder) -> None:
    large = encoded(quarters(6000, 6000), "PNG")
    decoder.prepare(PHOTO)
    first = only_child()
    pages = int(Path(f"/proc/{first}/statm").read_text().split()[0])
    limit = pages * resource.getpagesize() + 20_000_000
    resource.prlimit(first, resource.RLIMIT_AS, (limit, limit))
    assert reason(decoder, large) is UnreadableReason.TOO_COSTLY
    assert decoder.prepare(PHOTO) == prepare(PHOTO)
    assert only_child() == first


def test_a_child_that_died_between_photos_costs_none(decoder: Decoder) -> None:
    decoder.prepare(PHOTO)
    pid = only_child()
    os.kill(pid, signal.SIGKILL)
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    assert decoder.prepare(PHOTO) == prepare(PHOTO)


def test_a_child_is_replaced_after_its_share_of_photos() -> None:
    decoder = Decoder(photos_per_child=2)
    pids = []
    for _ in range(3):
        decoder.prepare(PHOTO)
        pids.append(only_child())
    decoder.close()
    assert pids[0] == pids[1] != pids[2]


def test_closing_leaves_no_process() -> None:
    decoder = Decoder(children=2)
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(decoder.prepare, [PHOTO] * 4))
    assert 1 <= len(children()) <= 2
    decoder.close()
    assert children() == []


def test_threads_share_a_decoder(decoder: Decoder) -> None:
    photos = [encoded(quarters(100 + number, 80)) for number in range(16)]
    with ThreadPoolExecutor(8) as threads:
        prepared = list(threads.map(decoder.prepare, photos))
    assert [photo.width for photo in prepared] == [100 + number for number in range(16)]
    assert len(children()) == 1


def test_a_child_has_limits_and_none_of_the_servers_secrets(
    decoder: Decoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUDIT_SECRET", "very secret")
    decoder.prepare(PHOTO)
    told = Path(f"/proc/{only_child()}")
    assert b"very secret" not in (told / "environ").read_bytes()
    lines = (told / "limits").read_text().splitlines()
    limits = {line[:25].strip(): line[26:].split()[0] for line in lines}
    assert limits["Max address space"] == "1500000000"
    assert limits["Max core file size"] == "0"
    assert limits["Max file size"] == "0"
    assert int(limits["Max cpu time"]) <= 30


@pytest.mark.parametrize("program", ["/nonexistent", "/bin/false"])
def test_a_server_that_can_start_no_child_blames_no_photo(
    decoder: Decoder, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(sys, "executable", program)
        with pytest.raises(Problem) as caught:
            decoder.prepare(PHOTO)
    assert caught.value.kind is Kind.UNAVAILABLE
    assert decoder.prepare(PHOTO).width == 600


SERVER = """
import sys
from audit_api.images.decoder import Decoder
assert "PIL" not in sys.modules
decoder = Decoder()
decoder.prepare(sys.stdin.buffer.read())
assert "PIL" not in sys.modules
print("ready", flush=True)
import time
time.sleep(60)
"""


def test_a_child_ends_with_its_server_which_needs_no_image_library() -> None:
    run, piped = [sys.executable, "-c", SERVER], subprocess.PIPE
    with subprocess.Popen(run, stdin=piped, stdout=piped) as server:
        assert server.stdin
        assert server.stdout
        server.stdin.write(PHOTO)
        server.stdin.close()
        assert server.stdout.readline() == b"ready\n"
        (pid,) = children(server.pid)
        ended = os.pidfd_open(pid)
        server.kill()
    with os.fdopen(ended) as child:
        assert select.select([child], [], [], 10)[0]


def _prepare_elsewhere(answers: multiprocessing.SimpleQueue[int]) -> None:
    decoder = Decoder()
    answers.put(decoder.prepare(PHOTO).width)
    decoder.close()


def test_a_daemonic_worker_may_decode_too() -> None:
    context = multiprocessing.get_context("fork")
    answers: multiprocessing.SimpleQueue[int] = context.SimpleQueue()
    worker = context.Process(target=_prepare_elsewhere, args=(answers,), daemon=True)
    worker.start()
    assert answers.get() == 600
    worker.join()
