"""Who gets what from every call: the one table of access.

A row is a method, an address and, for ids that come elsewhere, a `?query` parameter, a member of
the `{body}` or a `[list]` in it.  A cell is what the person gets for an id of their own place / of
another region / of another organisation, or one answer for all; `some` and `none` are a 200 with
and without rows.  A row of one cell is the same for everybody.
"""

from __future__ import annotations

PEOPLE = ("nobody", "auditor", "other_auditor", "manager", "reviewer", "hq", "integration")
PLACES = ("own", "region", "organisation")

TABLE = """
GET /api/v1/openapi.json                                     200
POST /api/v1/login                                           422
POST /api/v1/login/refresh                                   422
POST /api/v1/logout                                          204
GET /api/v1/receipt-keys                                     200
GET /api/v1/problems/<slug>                                  404
GET /api/v1/regions                                          401            403            403            200            200            200            200
GET /api/v1/regions ?parent_id                               401            403            403            some/none/none some/some/none some/some/none some/some/none
POST /api/v1/regions                                         401            403            403            403            403            201            403
POST /api/v1/regions {parent_id}                             401            403            403            403            403            201/201/422    403
GET /api/v1/regions/<region_id>                              401            403            403            200/404/404    200/200/404    200/200/404    200/200/404
PATCH /api/v1/regions/<region_id>                            401            403            403            403            403            200/200/404    403
PATCH /api/v1/regions/<region_id> {parent_id}                401            403            403            403            403            200/200/422    403
GET /api/v1/sites                                            401            200            200            200            200            200            200
GET /api/v1/sites ?region_id                                 401            some/none/none none/some/none some/none/none some/some/none some/some/none some/some/none
POST /api/v1/sites                                           401            403            403            403            403            201            403
POST /api/v1/sites {region_id}                               401            403            403            403            403            201/201/422    403
GET /api/v1/sites/<site_id>                                  401            200/404/404    404/200/404    200/404/404    200/200/404    200/200/404    200/200/404
PATCH /api/v1/sites/<site_id>                                401            403/404/404    404/403/404    403/404/404    403/403/404    200/200/404    403/403/404
PATCH /api/v1/sites/<site_id> {region_id}                    401            403            403            403            403            200/200/422    403
GET /api/v1/users                                            401            403            403            403            403            200            403
POST /api/v1/users                                           401            403            403            403            403            201            403
POST /api/v1/users [region_ids]                              401            403            403            403            403            201/201/422    403
GET /api/v1/users/<user_id>                                  401            403            403            403            403            200/200/404    403
PATCH /api/v1/users/<user_id>                                401            403            403            403            403            200/200/404    403
PATCH /api/v1/users/<user_id> [region_ids]                   401            403            403            403            403            200/200/422    403
GET /api/v1/me                                               401            200            200            200            200            200            200
PATCH /api/v1/me                                             401            200            200            200            200            200            404
GET /api/v1/tokens                                           401            403            403            403            403            200            403
POST /api/v1/tokens                                          401            403            403            403            403            201            403
DELETE /api/v1/tokens/<token_id>                             401            403            403            403            403            204/204/404    403
POST /api/v1/imports/regions                                 401            403            403            403            403            422            403
POST /api/v1/imports/sites                                   401            403            403            403            403            422            403
POST /api/v1/imports/users                                   401            403            403            403            403            422            403
GET /api/v1/checklists                                       401            200            200            200            200            200            200
POST /api/v1/checklists                                      401            403            403            403            403            422            403
GET /api/v1/checklists/<version_id>                          401            200/404/404    404/200/404    200/200/404    200/200/404    200/200/404    200/200/404
POST /api/v1/checklists/<version_id>/moves                   401            403/404/404    404/403/404    403/403/404    403/403/404    409/409/404    403/403/404
GET /api/v1/checklist-versions/<digest>                      401            200/404/404    404/200/404    200/200/404    200/200/404    200/200/404    200/200/404
GET /api/v1/campaigns                                        401            403            403            403            200            200            200
POST /api/v1/campaigns                                       401            403            403            403            403            201            403
POST /api/v1/campaigns {checklist_version_id}                401            403            403            403            403            201/201/422    403
GET /api/v1/campaigns/<campaign_id>                          401            403            403            403            200/200/404    200/200/404    200/200/404
PATCH /api/v1/campaigns/<campaign_id>                        401            403            403            403            403/403/404    200/200/404    403/403/404
PATCH /api/v1/campaigns/<campaign_id> {checklist_version_id} 401            403            403            403            403            200/200/422    403
GET /api/v1/assignments                                      401            200            200            403            200            200            403
GET /api/v1/assignments ?campaign_id                         401            some/none/none none/some/none 403            some/some/none some/some/none 403
GET /api/v1/assignments ?site_id                             401            some/none/none none/some/none 403            some/some/none some/some/none 403
GET /api/v1/assignments ?auditor_id                          401            some/none/none none/some/none 403            some/some/none some/some/none 403
POST /api/v1/assignments                                     401            403            403            403            403            201            403
POST /api/v1/assignments {campaign_id}                       401            403            403            403            403            201/201/422    403
POST /api/v1/assignments {site_id}                           401            403            403            403            403            201/201/422    403
POST /api/v1/assignments {auditor_id}                        401            403            403            403            403            201/201/422    403
GET /api/v1/assignments/<assignment_id>                      401            200/404/404    404/200/404    403            200/200/404    200/200/404    403
PATCH /api/v1/assignments/<assignment_id>                    401            403/404/404    404/403/404    403            403/403/404    200/200/404    403
PATCH /api/v1/assignments/<assignment_id> {auditor_id}       401            403            403            403            403            200/200/422    403
POST /api/v1/assignments/<assignment_id>/moves               401            409/404/404    404/409/404    403            403            403            403
GET /api/v1/sync                                             401            200            200            403            403            403            403
PUT /api/v1/audits/<audit_id>                                401            200/404/404    404/200/404    403            403            403            403
PUT /api/v1/audits/<audit_id> {assignment_id}                401            201/422/422    422/201/422    403            403            403            403
PUT /api/v1/audits/<audit_id> {site_id}                      401            201/422/422    422/201/422    403            403            403            403
PUT /api/v1/audits/<audit_id> {checklist}                    401            201/201/422    201/201/422    403            403            403            403
POST /api/v1/audits/batch                                    401            200            200            403            403            403            403
GET /api/v1/audits                                           401            200            200            200            200            200            200
GET /api/v1/audits ?site_id                                  401            some/none/none none/some/none some/none/none some/some/none some/some/none some/some/none
GET /api/v1/audits ?campaign_id                              401            some/none/none none/some/none some/none/none some/some/none some/some/none some/some/none
GET /api/v1/audits/<audit_id>                                401            200/404/404    404/200/404    200/404/404    200/200/404    200/200/404    200/200/404
GET /api/v1/audits/<audit_id>/revisions                      401            200/404/404    404/200/404    200/404/404    200/200/404    200/200/404    200/200/404
POST /api/v1/audits/<audit_id>/moves                         401            403            403            403            409/409/404    409/409/404    403
GET /api/v1/audits/<audit_id>/photos                         401            200/404/404    404/200/404    200/404/404    200/200/404    200/200/404    200/200/404
GET /api/v1/sites/<site_id>/scorecard                        401            403            403            200/404/404    403            200/200/404    200/200/404
GET /api/v1/regions/<region_id>/scorecard                    401            403            403            200/404/404    403            200/200/404    200/200/404
GET /api/v1/audits/<audit_id>/report.pdf                     401            403            403            200/404/404    200/200/404    200/200/404    200/200/404
GET /healthz                                                 200
GET /readyz                                                  200
PUT /storage/uploads/<token>                                 403
GET /storage/files/<token>                                   403
GET /docs/own/<filename>                                     404
GET /docs                                                    200
GET /docs/assets/<name>                                      404
"""


def rows() -> dict[str, dict[str, tuple[str, ...]]]:
    """Return the table: by row and person, the three answers."""
    return {" ".join(words): cells for words, cells in map(_row, TABLE.strip().splitlines())}


def _row(line: str) -> tuple[list[str], dict[str, tuple[str, ...]]]:
    words = line.split()
    start = next(i for i, word in enumerate(words) if word[0].isdigit())
    cells = words[start:] if len(words) > start + 1 else words[start:] * len(PEOPLE)
    answers = [tuple(cell.split("/")) if "/" in cell else (cell,) * 3 for cell in cells]
    return words[:start], dict(zip(PEOPLE, answers, strict=True))
