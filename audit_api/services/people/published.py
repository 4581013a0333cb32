"""Published passwords: who has one, and that no server reached from beyond knows any.

The demonstration's people have the password that the README tells, in the embedded default alone.
Whoever sets a password gets another: `passwords.hash_password` refuses this one.
"""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from audit_api.config import InvalidSetting
from audit_api.database import db, lacks_table, reading
from audit_api.models import User
from audit_api.services.people import passwords

_MAX_TOLD = 3


def owners() -> Sequence[User]:
    """Return everybody whose password is published: for an operator's commands only."""
    marked = User.password_hash.contains(passwords.PUBLISHED_MARK, autoescape=True)
    return db.session.scalars(sa.select(User).where(marked).order_by(User.email)).all()


def refuse(reached: str | None) -> None:
    """Raise `InvalidSetting` where a server is reached from beyond its machine (`reached` says what
    tells so) and somebody's password is published.

    A database that is away, or has no tables yet, stops nothing: from beyond, such a password opens
    nothing anyway (`web.signing_in`).
    """
    emails = _emails() if reached else []
    if emails:
        more = " …" if len(emails) > _MAX_TOLD else ""
        raise InvalidSetting(
            f"{reached}, and a password that is published opens the accounts of "
            f"{', '.join(emails[:_MAX_TOLD])}{more}. Accepted: a server that its own machine alone "
            "reaches, or other passwords. `flask demo` gives the demonstration's people one of "
            "chance and prints it; `flask users password EMAIL` sets one"
        )


def _emails() -> list[str]:
    try:
        with reading():
            return [user.email for user in owners()]
    except sa.exc.OperationalError:
        return []
    except sa.exc.DBAPIError as error:
        if lacks_table(error):
            return []
        raise
    finally:
        db.session.rollback()
