"""create_app(): the table of contents."""

from __future__ import annotations

import logging
import os
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import Migrate
from werkzeug.middleware.proxy_fix import ProxyFix

from audit_api import api, cli, config, phone, worker
from audit_api.database import db, engine_options, prepare_engine
from audit_api.images.decoder import Decoder
from audit_api.services.keys import Keys
from audit_api.storage.links import CopyLinks
from audit_api.storage.local import LocalStore
from audit_api.storage.s3 import S3Settings, S3Store
from audit_api.storage.signature import Credentials
from audit_api.storage.store import PhotoStore

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"


def create_app(settings: Mapping[str, Any] | None = None) -> Flask:
    """Build the application from the environment, with `settings` (by name) over it.

    Raises `config.InvalidSetting` for a setting that cannot be used.
    """
    values = config.read(os.environ) | dict(settings or {})
    instance = Path(str(values["INSTANCE"])).resolve()
    app = Flask("audit_api", instance_path=str(instance), static_folder=None)
    app.config.update({f"{config.PREFIX}{name}": value for name, value in values.items()})
    _configure_logs(str(values["LOG_LEVEL"]))
    keys = Keys(_secret(values, instance))
    _add_database(app, values, instance)
    app.extensions["audit_keys"] = keys
    app.extensions["audit_photo_store"] = _photo_store(values, instance, keys)
    app.extensions["audit_copy_links"] = CopyLinks(str(values["BASE_URL"]), keys.storage)
    app.extensions["audit_decoder"] = Decoder()
    worker.init_app(app)
    api.init_app(app)
    app.register_blueprint(phone.blueprint)
    cli.init_app(app)
    if values["TRUSTED_PROXIES"]:
        hops = int(values["TRUSTED_PROXIES"])
        app.wsgi_app = ProxyFix(app.wsgi_app, hops, hops, hops)  # type: ignore[method-assign]
    return app


def _configure_logs(level: str) -> None:
    """Send what the house says, from `level` up, to standard error as it is."""
    if level not in LEVELS:
        raise config.InvalidSetting(f"AUDIT_LOG_LEVEL is {level!r}; accepted: {', '.join(LEVELS)}")
    log = logging.getLogger("audit_api")
    log.setLevel(level)
    # A server's own root handler would print each line again, in a form of its own.
    log.propagate = False
    if not log.handlers:
        log.addHandler(logging.StreamHandler())


def _secret(values: Mapping[str, Any], instance: Path) -> str:
    """Return the secret of the settings, or the instance's own, made at the first start."""
    if values["SECRET"]:
        if len(values["SECRET"]) < 32:
            raise config.InvalidSetting(
                "AUDIT_SECRET is too short; accepted: 32 characters or more"
            )
        return str(values["SECRET"])
    path = instance / "secret"
    instance.mkdir(parents=True, exist_ok=True)
    try:
        with open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return path.read_text()


def _add_database(app: Flask, values: Mapping[str, Any], instance: Path) -> None:
    url = str(values["DATABASE_URL"]) or f"sqlite:///{instance / 'audit.db'}"
    url = url.replace("postgresql://", "postgresql+psycopg://", 1)
    instance.mkdir(parents=True, exist_ok=True)
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(url, int(values["DATABASE_POOL"]))
    db.init_app(app)
    Migrate(app, db, directory=str(MIGRATIONS), render_as_batch=True, compare_type=True)
    with app.app_context():
        prepare_engine(db.engine)


def _photo_store(values: Mapping[str, Any], instance: Path, keys: Keys) -> PhotoStore:
    if values["PHOTO_STORE"] == "local":
        folder = Path(str(values["PHOTO_FOLDER"]) or instance / "photos")
        store = LocalStore(folder, base_url=str(values["BASE_URL"]), secret=keys.storage)
        store.sweep(datetime.now(UTC))
        return store
    if values["PHOTO_STORE"] != "s3":
        raise config.InvalidSetting("AUDIT_PHOTO_STORE: accepted are `local` and `s3`")
    if not values["S3_BUCKET"]:
        raise config.InvalidSetting("AUDIT_S3_BUCKET is needed with AUDIT_PHOTO_STORE=s3")
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
