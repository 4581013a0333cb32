"""The operations of the specification, with what each takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.world import World

JSON = "application/json"


@dataclass(frozen=True)
class Operation:
    """One operation of the specification, its schemas with their references resolved."""

    name: str
    method: str
    path: str
    parameters: Sequence[Mapping[str, Any]]
    bodies: Mapping[str, Mapping[str, Any]]

    @property
    def row(self) -> str:
        """The operation as `tests.access.requests` names it."""
        return f"{self.method} {self.path.replace('{', '<').replace('}', '>')}"


def operations(world: World) -> Iterator[Operation]:
    """Yield every operation of the specification."""
    spec = world.client.get("/api/v1/openapi.json").json
    resolve = _resolver(spec["components"]["schemas"])
    for path, told in spec["paths"].items():
        for method in sorted(told.keys() - {"parameters"}):
            operation = told[method]
            content = operation.get("requestBody", {}).get("content", {})
            yield Operation(
                operation["operationId"],
                method.upper(),
                path,
                [each for each in operation.get("parameters", ()) if "schema" in each],
                {kind: resolve(content[kind]["schema"]) for kind in content},
            )


def _resolver(schemas: Mapping[str, Any]) -> Callable[[Any], Any]:
    def resolve(told: Any) -> Any:
        if isinstance(told, list):
            return [resolve(each) for each in told]
        if not isinstance(told, dict):
            return told
        if "$ref" in told:
            return resolve(schemas[told["$ref"].rpartition("/")[2]])
        return {name: resolve(inner) for name, inner in told.items()}

    return resolve
