"""A text that must not be shown."""

from __future__ import annotations

from typing import final


@final
class Secret:
    """Holds a key so that repr, str, format, logs and pickles do not show it.

    Only :meth:`reveal` returns the text. A pickled secret is empty when it is loaded: processes
    read their keys from their own configuration.
    """

    __slots__ = ("__text",)

    def __init__(self, text: str) -> None:
        self.__text = text

    def reveal(self) -> str:
        """Return the text itself."""
        return self.__text

    def __bool__(self) -> bool:
        return bool(self.__text)

    def __repr__(self) -> str:
        return "Secret('***')" if self.__text else "Secret('')"

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return format(repr(self), spec)

    def __reduce__(self) -> tuple[type[Secret], tuple[str]]:
        return Secret, ("",)

    def __copy__(self) -> Secret:
        return self

    def __deepcopy__(self, memo: object) -> Secret:
        return self
