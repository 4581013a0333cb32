"""create_app(): the table of contents."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from audit_api import api, config, console, instance, logs, phone, reach, worker
from audit_api.database import db
from audit_api.database.engines import engine_options, file_of, prepare_engine
from audit_api.images.decoder import Decoder
from audit_api.services.exports.files import ExportLinks
from audit_api.services.keys import Keys
from audit_api.services.people import published
from audit_api.storage.links import CopyLinks
from audit_api.storage.local import LocalStore
from audit_api.storage.signature import Credentials
from audit_api.storage.store import PhotoStore
from audit_api.web import requests

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"


class Application(Flask):
    """Flask, of whose functions every one is a plain one: none is asked at each call whether it is
    a coroutine."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        return func


def create_app(settings: Mapping[str, Any] | None = None, *, commands: bool = True) -> Flask:
    """Build the application from the environment, with `settings` (by name) over it, and with the
    operator's `commands`.

    Raises `config.InvalidSetting` for a setting that cannot be used.
    """
    values = config.read(os.environ) | dict(settings or {})
    folder = Path(str(values["INSTANCE"])).resolve()
    app = Application("audit_api", instance_path=str(folder), static_folder=None)
    app.config.update({f"{config.PREFIX}{name}": value for name, value in values.items()})
    _configure_logs(str(values["LOG_LEVEL"]))
    keys = Keys(_secret(values, folder))
    _add_database(app, values, folder)
    app.extensions["audit_keys"] = keys
    app.extensions["audit_photo_store"] = _photo_store(values, folder, keys)
    app.extensions["audit_copy_links"] = CopyLinks(str(values["BASE_URL"]), keys.storage)
    app.extensions["audit_export_links"] = ExportLinks(str(values["BASE_URL"]), keys.storage)
    app.extensions["audit_decoder"] = Decoder()
    worker.init_app(app)
    requests.init_app(app)
    api.init_app(app)
    app.register_blueprint(phone.blueprint)
    console.init_app(app)
    if commands:
        _add_commands(app)
    if values["TRUSTED_PROXIES"]:
        hops = int(values["TRUSTED_PROXIES"])
        app.wsgi_app = ProxyFix(app.wsgi_app, hops, hops, hops)  # type: ignore[method-assign]
    return app


def check(app: Flask) -> None:
    """Raise `config.InvalidSetting` for an application that must not be served as it is set."""
    with app.app_context():
        published.refuse(reach.by_settings(app.config))


def _configure_logs(level: str) -> None:
    if level not in logs.LEVELS:
        accepted = ", ".join(logs.LEVELS)
        raise config.InvalidSetting(f"AUDIT_LOG_LEVEL is {level!r}; accepted: {accepted}")
    logs.configure(level)


def _secret(values: Mapping[str, Any], folder: Path) -> str:
    """Return the secret of the settings, or the instance's own."""
    if values["SECRET"]:
        return instance.checked_secret(str(values["SECRET"]), "AUDIT_SECRET")
    return instance.secret(folder)


def _add_database(app: Flask, values: Mapping[str, Any], folder: Path) -> None:
    url = str(values["DATABASE_URL"]) or _embedded_database(folder)
    url = url.replace("postgresql://", "postgresql+psycopg://", 1)
    if place := file_of(url, folder):
        instance.open_file(place)
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(url, int(values["DATABASE_POOL"]))
    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)


def _add_commands(app: Flask) -> None:
    # What serves needs none of them, nor Alembic, which is a tenth of a start.
    from flask_migrate import Migrate

    from audit_api import cli

    Migrate(app, db, directory=str(MIGRATIONS), render_as_batch=True, compare_type=True)
    cli.init_app(app)


def _embedded_database(folder: Path) -> str:
    instance.open_folder(folder)
    return f"sqlite:///{instance.database(folder)}"


def _photo_store(values: Mapping[str, Any], folder: Path, keys: Keys) -> PhotoStore:
    if values["PHOTO_STORE"] == "local":
        photos = Path(str(values["PHOTO_FOLDER"]) or instance.photos(folder))
        store = LocalStore(photos, base_url=str(values["BASE_URL"]), secret=keys.storage)
        store.sweep(datetime.now(UTC))
        return store
    if values["PHOTO_STORE"] != "s3":
        raise config.InvalidSetting("AUDIT_PHOTO_STORE: accepted are `local` and `s3`")
    if not values["S3_BUCKET"]:
        raise config.InvalidSetting("AUDIT_S3_BUCKET is needed with AUDIT_PHOTO_STORE=s3")
    # It brings boto3, which a folder needs not.
    from audit_api.storage.s3 import S3Settings, S3Store

    return S3Store(
        S3Settings(
            bucket=str(values["S3_BUCKET"]),
            region=str(values["S3_REGION"]),
            endpoint=str(values["S3_ENDPOINT"]) or None,
            public_endpoint=str(values["S3_PUBLIC_ENDPOINT"]) or None,
            credentials=_credentials(values),
        )
    )


def _credentials(values: Mapping[str, Any]) -> Credentials | None:
    if not values["S3_ACCESS_KEY"]:
        return None
    return Credentials(str(values["S3_ACCESS_KEY"]), str(values["S3_SECRET_KEY"]))
