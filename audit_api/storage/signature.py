"""Presigned S3 URLs (AWS Signature Version 4 in the query), equal to boto3's to the byte.

The key of the day is derived once, which makes this many times faster than boto3.
Source: "Authenticating Requests: Using Query Parameters", Amazon S3 API Reference.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from urllib.parse import quote, urlsplit

_ALGORITHM = "AWS4-HMAC-SHA256"
_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Credentials:
    """Whose name a URL is signed in.  `token` belongs to temporary credentials."""

    access_key: str
    secret_key: str = field(repr=False)
    token: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Bucket:
    """Where objects are reached: scheme and authority, the host as signed, the path before keys."""

    origin: str
    host: str
    path: str
    region: str

    @classmethod
    def at(cls, url: str, region: str) -> Bucket:
        """Read the bucket's address from its URL, the bucket's name in host or path."""
        parts = urlsplit(url)
        host = parts.hostname or ""
        if ":" in host:
            host = f"[{host}]"
        if parts.port not in (None, _DEFAULT_PORTS.get(parts.scheme)):
            host = f"{host}:{parts.port}"
        return cls(f"{parts.scheme}://{parts.netloc}", host, parts.path.rstrip("/") + "/", region)


def presign(
    method: str,
    bucket: Bucket,
    key: str,
    *,
    credentials: Credentials,
    now: datetime,
    lifetime: timedelta,
    headers: Mapping[str, str] | None = None,
) -> str:
    """Return the URL that lets its holder do `method` to `key`, sending exactly `headers`."""
    moment = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    scope = f"{moment[:8]}/{bucket.region}/s3/aws4_request"
    signed_headers = {
        name.lower(): " ".join(value.split()) for name, value in (headers or {}).items()
    }
    signed_headers["host"] = bucket.host
    names = sorted(signed_headers)
    query = [
        f"X-Amz-Algorithm={_ALGORITHM}",
        f"X-Amz-Credential={_quote(f'{credentials.access_key}/{scope}')}",
        f"X-Amz-Date={moment}",
        f"X-Amz-Expires={int(lifetime.total_seconds())}",
        f"X-Amz-SignedHeaders={_quote(';'.join(names))}",
    ]
    if credentials.token is not None:
        query.append(f"X-Amz-Security-Token={_quote(credentials.token)}")
    path = bucket.path + quote(key, safe="/-_.~")
    lines = [method, path, "&".join(sorted(query))]
    lines += [f"{name}:{signed_headers[name]}" for name in names]
    lines += ["", ";".join(names), "UNSIGNED-PAYLOAD"]
    digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    day_key = _day_key(credentials.secret_key, moment[:8], bucket.region)
    signature = _hmac(day_key, "\n".join((_ALGORITHM, moment, scope, digest))).hex()
    return f"{bucket.origin}{path}?{'&'.join(query)}&X-Amz-Signature={signature}"


@lru_cache(maxsize=64)
def _quote(value: str) -> str:
    """Quote one of the few values that recur all day: credentials, header names, tokens."""
    return quote(value, safe="-_.~")


@lru_cache(maxsize=16)
def _day_key(secret_key: str, day: str, region: str) -> bytes:
    key = f"AWS4{secret_key}".encode()
    for part in (day, region, "s3", "aws4_request"):
        key = _hmac(key, part)
    return key


def _hmac(key: bytes, text: str) -> bytes:
    return hmac.digest(key, text.encode(), "sha256")
