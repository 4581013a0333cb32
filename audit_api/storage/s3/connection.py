"""How a bucket is reached.  The only file that imports boto3."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import boto3
from botocore.client import Config

from audit_api.storage.signature import Bucket, Credentials
from audit_api.storage.store import unavailable


@dataclass(frozen=True, slots=True)
class S3Settings:
    """Which bucket, reached how.  Timeouts are in seconds: `call_timeout` of a call as a whole,
    beside what it carries, at `least_rate` bytes a second; the others of one silence.

    `credentials` None: boto3's own chain (environment, profile, role), renewed as it renews.
    `public_endpoint`: the server as phones reach it, where that differs.
    """

    bucket: str
    region: str = "us-east-1"
    endpoint: str | None = None
    public_endpoint: str | None = None
    credentials: Credentials | None = field(default=None, repr=False)
    path_style: bool = True
    connect_timeout: float = 2
    read_timeout: float = 4
    call_timeout: float = 5
    least_rate: float = 1_000_000
    attempts: int = 2


@dataclass(frozen=True, slots=True)
class Connection:
    """boto3's client and session, and the bucket as phones reach it."""

    client: Any
    session: Any
    public: Bucket

    def credentials(self) -> Credentials:
        """Return the credentials of this moment: temporary ones change while the server runs."""
        credentials = self.session.get_credentials()
        if credentials is None:
            raise unavailable()
        frozen = credentials.get_frozen_credentials()
        return Credentials(frozen.access_key, frozen.secret_key, frozen.token)


def connect(settings: S3Settings) -> Connection:
    # A session of its own: boto3's default one is not safe between threads.
    credentials = settings.credentials
    session = boto3.session.Session(
        aws_access_key_id=credentials.access_key if credentials else None,
        aws_secret_access_key=credentials.secret_key if credentials else None,
        aws_session_token=credentials.token if credentials else None,
        region_name=settings.region,
    )
    client = _client(session, settings, settings.endpoint)
    public = settings.public_endpoint
    signer = _client(session, settings, public) if public else client
    # boto3 knows the host names of every region and partition.
    place = {"Bucket": settings.bucket, "Key": "key"}
    address = signer.generate_presigned_url("get_object", Params=place).partition("?")[0]
    return Connection(client, session, Bucket.at(address.removesuffix("/key"), settings.region))


def _client(session: Any, settings: S3Settings, endpoint: str | None) -> Any:
    config = Config(
        signature_version="s3v4",
        connect_timeout=settings.connect_timeout,
        read_timeout=settings.read_timeout,
        retries={"mode": "standard", "total_max_attempts": settings.attempts},
        max_pool_connections=32,
        s3={"addressing_style": "path" if settings.path_style else "virtual"},
        # Servers other than Amazon's refuse the trailing checksums that boto3 sends by default.
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )
    client = session.client("s3", endpoint_url=endpoint, config=config)
    client.meta.events.register("before-call.s3", _stay_in_region)
    client.meta.events.register("before-call.s3.GetObject", _ask_for_digest)
    return client


def _stay_in_region(context: dict[str, Any], **_: object) -> None:
    """Keep boto3 from following a bucket to another region.

    Tickets are signed for the region that was set; and where something answers every request
    with a redirect, boto3 asks where to go until the stack is full.
    """
    context.setdefault("s3_redirect", {})["redirected"] = True


def _ask_for_digest(params: dict[str, Any], **_: object) -> None:
    """Have the store tell the digest that it checked, without boto3 holding the body to it: what
    is called a digest of the whole may be one of parts."""
    params["headers"]["x-amz-checksum-mode"] = "ENABLED"
