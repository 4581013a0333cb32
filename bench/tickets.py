"""Presigning an upload: the product's signer beside boto3's with one client kept."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from statistics import median

import boto3
from botocore.config import Config

from audit_api.storage.s3 import S3Settings, S3Store
from audit_api.storage.signature import Credentials
from bench.rows import Row, ratio

ROUNDS, CALLS = 5, 2000
_SHA256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def rows() -> Iterable[Row]:
    pairs = presigning()
    ours, theirs = [a for a, _ in pairs], [b for _, b in pairs]
    yield (
        "upload ticket",
        f"{median(ours):.1f} µs",
        f"boto3, client kept: {median(theirs):.0f} µs",
        ratio(theirs, ours),
        "≥ 10",
    )


def presigning() -> list[tuple[float, float]]:
    """Return microseconds a ticket, the product's and boto3's, of each round in turn."""
    settings = S3Settings(
        bucket="photos", endpoint="http://127.0.0.1:9", credentials=Credentials("key", "secret")
    )
    store = S3Store(settings)
    now = datetime.now(UTC)
    client = boto3.session.Session().client(
        "s3",
        endpoint_url="http://127.0.0.1:9",
        region_name="us-east-1",
        aws_access_key_id="key",
        aws_secret_access_key="secret",
        config=Config(signature_version="s3v4", s3={"addressing_style": "path"}),
    )
    checksum = base64.b64encode(bytes.fromhex(_SHA256)).decode()

    def ours(number: int) -> None:
        store.ticket(f"a/{number}", size=300_000, media_type="image/jpeg", sha256=_SHA256, now=now)

    def theirs(number: int) -> None:
        client.generate_presigned_url(
            "put_object",
            Params={
                "Bucket": "photos",
                "Key": f"a/{number}",
                "ContentLength": 300_000,
                "ContentType": "image/jpeg",
                "ChecksumSHA256": checksum,
                "IfNoneMatch": "*",
            },
            ExpiresIn=900,
        )

    _time(ours), _time(theirs)
    return [(_time(ours), _time(theirs)) for _ in range(ROUNDS)]


def _time(call: Callable[[int], None]) -> float:
    begun = time.process_time()
    for number in range(CALLS):
        call(number)
    return (time.process_time() - begun) / CALLS * 1e6
