"""What a life is: a table of moves from state to state."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from audit_api.errors import Kind, Problem
from audit_api.rules.permissions import Permission

State = TypeVar("State", bound=StrEnum)
Action = TypeVar("Action", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Move(Generic[State, Action]):
    """One row: what is done, in which states it may be, the state after, the permission needed.

    After a move to None the thing is no more.
    """

    action: Action
    from_states: tuple[State, ...]
    to_state: State | None
    permission: Permission


class Life(Generic[State, Action]):
    """Every move of one kind of thing."""

    def __init__(self, *moves: Move[State, Action]) -> None:
        self.moves = moves
        self._by_action = {move.action: move for move in moves}

    def permission(self, action: Action) -> Permission:
        """Return the permission that an action needs."""
        return self._by_action[action].permission

    def before(self, action: Action) -> tuple[State, ...]:
        """Return the states in which an action may be done."""
        return self._by_action[action].from_states

    def after(self, action: Action) -> State:
        """Return the state that an action leads to, whatever the state before."""
        state = self._by_action[action].to_state
        assert state is not None, f"{action} leaves nothing behind"
        return state

    def move(self, state: str, action: Action) -> State:
        """Return the state after doing `action` in `state`; raise MOVE_NOT_ALLOWED."""
        self.require(state, action)
        return self.after(action)

    def require(self, state: str, action: Action) -> None:
        """Raise MOVE_NOT_ALLOWED, naming the actions accepted in `state`, for another action."""
        if state not in self.before(action):
            raise not_allowed(state, action, self)

    def actions(self, state: str) -> list[Action]:
        """Return what may be done in a state, in the table's order."""
        return [move.action for move in self.moves if state in move.from_states]


def not_allowed(state: str, action: StrEnum, life: Life[Any, Any]) -> Problem:
    """The refusal of an action in a state, with those that the life has instead."""
    return Problem(Kind.MOVE_NOT_ALLOWED, state=state, action=action, accepted=life.actions(state))
