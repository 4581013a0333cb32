"""Bad input by the hundred, made from the specification: never a 5xx, always as documented."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import APIOperation, GenerationMode

from tests.chance import times
from tests.openapi.recording import Recording
from tests.world import World

EXAMPLES = 3
BOUNDED = settings(
    max_examples=times(EXAMPLES),
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def existing(world: World, operation: APIOperation) -> dict[str, Any]:
    """Return ids of things that are there for the parameters of an operation's path."""
    ids: dict[str, Any] = {
        "region_id": world.region_id,
        "site_id": world.site_id,
        "user_id": world.users["reviewer"],
        "version_id": world.version_id,
        "campaign_id": world.campaign_id,
        "assignment_id": world.assignment_id,
        "audit_id": UUID(int=5, version=4),
        "token_id": UUID(int=6),
        "digest": world.digest,
        "slug": "invalid",
    }
    return {name: str(value) for name, value in ids.items() if f"{{{name}}}" in operation.path}


@pytest.mark.slow
@pytest.mark.chance
@pytest.mark.parametrize("person", ["auditor", "hq"])
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_whatever_the_specification_makes_is_answered_as_it_says(
    world: World, person: str, mode: GenerationMode
) -> None:
    recording = Recording(world.app)
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", world.app)
    for found in schema.get_all_operations():
        operation = found.ok()
        if mode is GenerationMode.NEGATIVE and not [*operation.query, *operation.body]:
            continue  # every text is an address or a header
        # Whoever is logged out asks nothing more.
        token = "nobody" if operation.path.endswith("/logout") else world.tokens[person]
        try_out(world, operation, mode, {"Authorization": f"Bearer {token}"})
    assert "\n".join(recording.untold) == ""
    assert len({name for name, _ in recording.seen}) > 25


def try_out(
    world: World, operation: APIOperation, mode: GenerationMode, headers: dict[str, str]
) -> None:
    options: dict[str, Any] = {}
    if mode is GenerationMode.POSITIVE and "{" in operation.path:
        options["path_parameters"] = existing(world, operation)

    @BOUNDED
    @given(case=operation.as_strategy(generation_mode=mode, **options))
    def send(case: schemathesis.Case) -> None:
        answer = case.call(headers=headers)
        assert answer.status_code < 500, (case.method, case.formatted_path, case.body)

    send()
