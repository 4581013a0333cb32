"""Where the calls about checklists are registered."""

from __future__ import annotations

from audit_api.api.checklists.bodies import expect_a_file
from audit_api.api.http.blueprint import Blueprint

blueprint = Blueprint("checklists", __name__, description="Questionnaires and their versions.")
blueprint.before_request(expect_a_file)
