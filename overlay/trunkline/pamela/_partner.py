"""Partner bodies and responses, whose fields the vendor does not document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, Self, TypeVar

from trunkline._json import is_array, is_mapping
from trunkline._redact import shown
from trunkline.errors import ResponseValidationError
from trunkline_generated.pamela.models.api_key import ApiKey
from trunkline_generated.pamela.models.api_key_list_response import ApiKeyListResponse
from trunkline_generated.pamela.types import UNSET

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trunkline_generated.pamela.types import Unset


class OpenBody(Protocol):
    """A generated model that takes any fields."""

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Return the model of these fields."""
        ...


Body = TypeVar("Body", bound=OpenBody)


def optional_body(model: type[Body], fields: Mapping[str, Any]) -> Body | Unset:
    """Return a body of these fields, or no body at all when there are none."""
    return model.from_dict(fields) if fields else UNSET


def keys_of(answer: object) -> list[ApiKey]:
    """Return the keys of a response whose envelope is not documented.

    Raises:
        ResponseValidationError: it is an object with no list of objects in it, or with several.
    """
    if is_array(answer):
        return answer
    members: Mapping[str, Any] = {}
    if isinstance(answer, ApiKeyListResponse):
        members = answer.additional_properties
    lists = [member for member in members.values() if _is_list_of_objects(member)]
    if len(lists) == 1:
        return [ApiKey.from_dict(item) for item in lists[0]]
    raise ResponseValidationError(
        f"the response should hold one list of keys but holds {len(lists)} lists of objects "
        f"(it has {', '.join(shown(name)[:40] for name in list(members)[:12]) or 'no members'}): "
        "read it with client.raw",
        provider="pamela",
        operation_id="list_api_keys",
    )


def _is_list_of_objects(value: Any) -> bool:
    return is_array(value) and all(is_mapping(item) for item in value)
