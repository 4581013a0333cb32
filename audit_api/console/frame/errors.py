"""Pages that say what went wrong, with the way out."""

from __future__ import annotations

from flask import Response, redirect, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from audit_api.console.frame import forms, pages, reader, sessions
from audit_api.database import db, reading
from audit_api.errors import Kind, Problem
from audit_api.web.problems import of_accident, of_framework


def of_problem(problem: Problem) -> AnyResponse:
    """Return the page of a problem; whoever is not signed in is asked to sign in first."""
    db.session.rollback()
    if problem.kind is Kind.UNAUTHENTICATED and sessions.session() is None:
        return redirect(url_for("console.people.sign_in", next=_here()), 303)
    slug = problem.kind.slug
    with reading():
        response = pages.page(
            "frame/problem",
            reader.said(f"problem.{slug}.title"),
            status=problem.kind.status,
            problem=forms.refused(problem),
            slug=slug,
        )
    if problem.retry_after is not None:
        response.headers["Retry-After"] = str(problem.retry_after)
    return response


def of_http(error: HTTPException) -> AnyResponse:
    return of_problem(of_framework(error))


def of_anything(error: Exception) -> AnyResponse:
    return of_problem(of_accident(error))


def nothing(rest: str) -> Response:
    """Say that there is no such page."""
    raise Problem(Kind.NOT_FOUND, noun="page")


def _here() -> str | None:
    """Return the page that was asked for, to come back to it."""
    path = request.full_path.rstrip("?")
    return path if request.method == "GET" and path.rstrip("/") != "/console" else None
