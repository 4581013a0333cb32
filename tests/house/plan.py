"""The plan of the house: floors, rooms in their written order, and where each library lives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

PACKAGE = "audit_api"

ANY = frozenset({"*"})


@dataclass(frozen=True, slots=True)
class Floor:
    """What a floor of the house may import: other floors, and libraries beside the standard one."""

    floors: frozenset[str]
    libraries: frozenset[str]


def floor(floors: str = "", libraries: str = "") -> Floor:
    return Floor(frozenset(floors.split()), frozenset(libraries.split()))


ENTRANCE = floor(
    "services readers manuscripts glyphs sheets reach config rules errors words database", "*"
)

# A floor is a module or package right under audit_api.
HOUSE: Mapping[str, Floor] = {
    "errors": floor(),
    "rules": floor("errors"),
    "words": floor("rules errors", "babel langcodes"),
    "config": floor(),
    "files": floor(),
    "instance": floor("files config"),
    "reach": floor(),
    "logs": floor(),
    "pulse": floor(),
    "database": floor("pulse rules errors", "*"),
    "glyphs": floor("rules errors"),
    "manuscripts": floor("glyphs sheets words rules errors", "yaml ruamel pyxform"),
    "models": floor("database rules errors", "sqlalchemy"),
    "storage": floor("files pulse rules errors", "boto3 botocore"),
    "drawing": floor("rules errors"),
    "typography": floor("drawing glyphs", "reportlab"),
    "pdf": floor("typography drawing glyphs rules errors", "reportlab"),
    "svg": floor("drawing"),
    "workshop": floor("errors"),
    "images": floor("workshop rules errors", "PIL pi_heif"),
    "sheets": floor("rules errors", "openpyxl orjson pyarrow xlsxwriter"),
    "readers": floor("workshop manuscripts sheets words rules errors", "orjson"),
    "services": floor(
        "readers manuscripts models storage pdf drawing glyphs images sheets config words database"
        " rules errors",
        "*",
    ),
    "web": ENTRANCE,
    "api": Floor(ENTRANCE.floors | {"web"}, ENTRANCE.libraries),
    "console": Floor(
        ENTRANCE.floors | {"web", "typography", "drawing", "svg", "storage"}, ENTRANCE.libraries
    ),
    "phone": ENTRANCE,
    "worker": ENTRANCE,
    "demonstration": floor("services manuscripts rules errors words", "PIL"),
    "cli": floor(
        "demonstration worker services readers manuscripts glyphs sheets files reach rules errors"
        " words database",
        "*",
    ),
    "app": Floor(ANY, ANY),
    "server": floor("app worker config api web errors words", "flask orjson uvicorn"),
}

# The nouns that have rooms of their own, on every floor where they have them.
NOUNS = "people checklists totals visits sites scorecards insights audits documents datasets"

# The rooms of the large floors in their written order: an import goes to a room named before.
ROOMS: Mapping[str, list[str]] = {
    name: rooms.split()
    for name, rooms in {
        "rules": (
            "exact kinds names permissions lifecycle planning signals figures checklist scoring "
            "authoring totals outcomes papers colours"
        ),
        "words": (
            "languages answers checklist conditions explanation signals periods insights "
            "competitors moments"
        ),
        "manuscripts": (
            "files manuscript doubts yaml conditions workbook xlsform checks differences"
        ),
        "services": f"access activity keys jobs idempotency standing {NOUNS} exports",
        "api": f"http scores {NOUNS} exports",
        "console": f"frame {NOUNS} exports",
    }.items()
}

WEB = "app web api console phone worker cli"

# The only imports inside functions: what takes long to load, and few calls need.
# tests/starts/test_loading.py holds that a server starts without it.
LATE: Mapping[str, str] = {
    "web.documents": (
        "audit_api.services.documents.audit audit_api.services.documents.competitors "
        "audit_api.services.documents.network.paper audit_api.services.documents.scorecard"
    ),
    "web.attempts": "redis redis.backoff redis.retry",
    "app": "audit_api.cli audit_api.storage.s3 flask_migrate",
    "cli.checklists.sheets": (
        "audit_api.manuscripts.workbook.example audit_api.manuscripts.workbook.writing "
        "audit_api.manuscripts.yaml.writing"
    ),
    "cli.demo": "audit_api.demonstration.scene audit_api.demonstration.visits",
    "console.audits.sheet": "audit_api.services.documents.sheet",
    "console.frame.charts": "audit_api.typography.text",
    "console.scorecards.overview": (
        "audit_api.services.documents.network.asked audit_api.services.documents.network.glance"
    ),
    "console.scorecards.questions": "audit_api.services.documents.insights",
    "console.scorecards.site": "audit_api.services.documents.scorecard",
    "services.checklists.exports": (
        "audit_api.manuscripts.workbook.example "
        "audit_api.manuscripts.workbook.writing audit_api.manuscripts.yaml.writing"
    ),
    "services.checklists.versions": "audit_api.manuscripts.checks",
    "worker.kinds": "audit_api.services.exports.leading",
    "worker.broker": "celery celery.schedules kombu.entity",
    "services.datasets.writing": "audit_api.sheets.parquet audit_api.sheets.xlsx_streaming",
    "sheets.xlsx_writing": "audit_api.sheets.xlsx_texts xlsxwriter",
}

# The only places of a library, as modules or packages under audit_api.
KEPT_IN: Mapping[str, str] = {
    "boto3": "storage.s3",
    "botocore": "storage.s3",
    "reportlab": "pdf typography",
    "PIL": "images demonstration.drawing",
    "pi_heif": "images",
    "celery": "worker",
    "openpyxl": "sheets",
    "pyarrow": "sheets.parquet",
    "psycopg": "database",
    "redis": "web.attempts",
    "pyxform": "manuscripts.xlsform",
    "xlsxwriter": "sheets",
    "yaml": "manuscripts.yaml",
    "babel": "words.moments",
    "langcodes": "words",
    "flask": f"{WEB} server",
    "flask_migrate": WEB,
    "flask_smorest": WEB,
    "flask_sqlalchemy": "database",
    "uvicorn": "server",
    "webargs": WEB,
    "werkzeug": WEB,
}
