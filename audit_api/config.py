"""The settings: each with its name, its default and what it is for.

Read from the environment (`AUDIT_<NAME>`) once, by `app.create_app` alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

PREFIX = "AUDIT_"


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting.  Its default's type (str, int or bool) is the type that its value must have."""

    name: str
    default: str | int | bool
    help: str
    accepted: range = range(2**31)
    """Of a number: what it may be."""


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "DATABASE_URL",
        "",
        "Database; empty: SQLite in the instance folder. "
        "PostgreSQL: `postgresql+psycopg://user:password@host/name`.",
    ),
    Setting(
        "DATABASE_POOL", 10, "Connections that each process keeps to PostgreSQL.", range(1, 1001)
    ),
    Setting(
        "SECRET",
        "",
        "Signs receipts, upload tickets and photo links: at least 32 characters. "
        "Empty: made once and kept in the instance folder.",
    ),
    Setting("BASE_URL", "http://127.0.0.1:8000", "How phones and browsers reach this server."),
    Setting("HOST", "127.0.0.1", "Address that the server listens on; `0.0.0.0`: all."),
    Setting("PORT", 8000, "Port that the server listens on.", range(1, 65_536)),
    Setting(
        "WORKERS",
        1,
        "Processes that serve: one on SQLite, about one per core otherwise.",
        range(1, 257),
    ),
    Setting("THREADS", 8, "Calls that each of them works on at once.", range(1, 257)),
    Setting("INSTANCE", "instance", "Folder of the embedded database, photos and secret."),
    Setting("PHOTO_STORE", "local", "`local` (a folder of this machine) or `s3`."),
    Setting(
        "PHOTO_FOLDER", "", "Folder of the local store; empty: `photos` in the instance folder."
    ),
    Setting("S3_BUCKET", "", "Bucket of the photos."),
    Setting("S3_ENDPOINT", "", "S3 server, where it is not Amazon's."),
    Setting("S3_PUBLIC_ENDPOINT", "", "S3 server as phones reach it; empty: the same."),
    Setting("S3_REGION", "us-east-1", "Region that requests are signed for."),
    Setting(
        "S3_ACCESS_KEY", "", "Access key; empty: what boto3 finds (role, profile, environment)."
    ),
    Setting("S3_SECRET_KEY", "", "Secret key that belongs to the access key."),
    Setting("BROKER_URL", "", "Celery's broker; empty: jobs run in the server's own process."),
    Setting(
        "RATE_LIMIT_URL", "memory://", "Where failed logins are counted: `memory://` or a Redis."
    ),
    Setting("TRUSTED_PROXIES", 0, "How many reverse proxies stand before the server."),
    Setting(
        "LOG_LEVEL", "INFO", "Least level that is logged: DEBUG, INFO, WARNING, ERROR or CRITICAL."
    ),
)


class InvalidSetting(ValueError):
    """A setting of the environment that cannot be used; says which, and what is accepted."""


def read(environment: Mapping[str, str]) -> dict[str, str | int | bool]:
    """Return every setting's value, from `environment` where it is named there."""
    return {setting.name: _value(setting, environment) for setting in SETTINGS}


def _value(setting: Setting, environment: Mapping[str, str]) -> str | int | bool:
    text = environment.get(PREFIX + setting.name)
    if text is None:
        return setting.default
    if isinstance(setting.default, bool):
        if text not in ("true", "false"):
            raise InvalidSetting(f"{PREFIX}{setting.name} is {text!r}; accepted: true or false")
        return text == "true"
    if isinstance(setting.default, int):
        # Nobody needs ten digits, and thousands of them cost time.
        if not (text.isascii() and text.isdigit() and len(text) < 10):
            raise InvalidSetting(f"{PREFIX}{setting.name} is {text!r}; accepted: a whole number")
        if int(text) not in setting.accepted:
            least, most = setting.accepted[0], setting.accepted[-1]
            raise InvalidSetting(f"{PREFIX}{setting.name} is {text}; accepted: {least} to {most}")
        return int(text)
    return text
