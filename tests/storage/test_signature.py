"""Our presigned URLs against boto3's, to the byte."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest
import time_machine
from botocore.client import Config
from hypothesis import given
from hypothesis import strategies as st

from audit_api.storage.signature import Bucket, Credentials, presign
from audit_api.storage.store import upload_headers

PERMANENT = Credentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
TEMPORARY = Credentials("ASIAEXAMPLE", "another/secret", "token/with+odd=signs ~é")

keys = st.lists(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(
        lambda part: part.strip(".") and "/" not in part
    ),
    min_size=1,
).map("/".join)
moments = st.datetimes(
    datetime(2015, 1, 1), datetime(2099, 1, 1), timezones=st.just(UTC), allow_imaginary=False
)


def boto(endpoint: str, credentials: Credentials, style: str) -> Any:
    return boto3.session.Session().client(
        "s3",
        endpoint_url=endpoint,
        region_name="eu-central-1",
        aws_access_key_id=credentials.access_key,
        aws_secret_access_key=credentials.secret_key,
        aws_session_token=credentials.token,
        config=Config(signature_version="s3v4", s3={"addressing_style": style}),
    )


# Endpoint as boto3 is told it, the bucket's own URL, credentials, addressing style.
CASES = [
    ("http://127.0.0.1:9000", "http://127.0.0.1:9000/photos", PERMANENT, "path"),
    ("https://s3.example.org:443", "https://s3.example.org:443/photos", TEMPORARY, "path"),
    ("https://s3.example.org", "https://photos.s3.example.org", PERMANENT, "virtual"),
    ("http://[::1]:9000/under", "http://[::1]:9000/under/photos", TEMPORARY, "path"),
]
SIGNERS = [
    (boto(endpoint, credentials, style), Bucket.at(url, "eu-central-1"), credentials)
    for endpoint, url, credentials, style in CASES
]


@given(
    signer=st.sampled_from(SIGNERS),
    key=keys,
    now=moments,
    size=st.integers(0, 15_000_000),
    media_type=st.sampled_from(["image/jpeg", "text/csv; charset=utf-8", "a/b;  c=d"]),
    digest=st.binary(min_size=32, max_size=32),
)
def test_an_upload_ticket_equals_what_boto3_signs(
    signer: tuple[Any, Bucket, Credentials],
    key: str,
    now: datetime,
    size: int,
    media_type: str,
    digest: bytes,
) -> None:
    client, bucket, credentials = signer
    headers = upload_headers(size=size, media_type=media_type, sha256=digest.hex())
    ours = presign(
        "PUT",
        bucket,
        key,
        credentials=credentials,
        now=now,
        lifetime=timedelta(minutes=15),
        headers=headers,
    )
    what = {
        "Bucket": "photos",
        "Key": key,
        "ContentLength": size,
        "ContentType": media_type,
        "ChecksumSHA256": headers["x-amz-checksum-sha256"],
        "IfNoneMatch": "*",
    }
    with time_machine.travel(now, tick=False):
        assert ours == client.generate_presigned_url("put_object", Params=what, ExpiresIn=900)


@given(signer=st.sampled_from(SIGNERS), key=keys, now=moments, seconds=st.integers(1, 300))
def test_a_link_equals_what_boto3_signs(
    signer: tuple[Any, Bucket, Credentials], key: str, now: datetime, seconds: int
) -> None:
    client, bucket, credentials = signer
    ours = presign(
        "GET",
        bucket,
        key,
        credentials=credentials,
        now=now,
        lifetime=timedelta(seconds=seconds),
    )
    what = {"Bucket": "photos", "Key": key}
    with time_machine.travel(now, tick=False):
        assert ours == client.generate_presigned_url("get_object", Params=what, ExpiresIn=seconds)


@pytest.mark.parametrize("value", [PERMANENT, TEMPORARY])
def test_credentials_do_not_print_their_secrets(value: Credentials) -> None:
    assert value.secret_key not in repr(value)
    assert value.token is None or value.token not in repr(value)
