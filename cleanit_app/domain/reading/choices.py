"""Words of a closed list, as a form or a body brings them."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TypeVar

from cleanit_app.domain.reading.signs import Unreadable

Choice = TypeVar("Choice", bound=StrEnum)


def choice_of(kind: type[Choice]) -> Callable[[object], Choice | None]:
    """A reader of the words of one list: nothing is no choice, Unreadable for all that is no word of it."""

    def read(typed: object) -> Choice | None:
        if typed is None or typed == "":
            return None
        if not isinstance(typed, str):
            raise Unreadable("value_unreadable")
        try:
            return kind(typed)
        except ValueError:
            raise Unreadable("value_unreadable") from None

    return read
