"""The error of a response, without a network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.engine.support import (
    make_request,
    next_delay,
)

from trunkline import errors

if TYPE_CHECKING:
    from trunkline._engine.session.context import ClientContext


def judged(
    context: ClientContext, outcome: Any, method: str = "GET", *, attempts: int = 1, **more: Any
) -> errors.APIError:
    """Return the error of a last attempt."""
    request = make_request(context, method, attempts=attempts, **more)
    with pytest.raises(errors.APIError) as caught:
        next_delay(context, request, outcome)
    return caught.value
