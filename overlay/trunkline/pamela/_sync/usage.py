# Derived from pamela/_async/usage.py by `make generate`; do not edit.
"""Calls and minutes of a calendar month."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from trunkline._engine.client._sync.resource import APIResource
from trunkline._engine.client.operation import drop_none, operation, require_type
from trunkline.pamela.billing import period as checked_period
from trunkline_generated.pamela.api.usage import get_usage
from trunkline_generated.pamela.client import AuthenticatedClient
from trunkline_generated.pamela.models.usage_response import UsageResponse

if TYPE_CHECKING:
    from trunkline._engine.session.extra_options import ExtraOptions
    from trunkline.pamela._requests import Moment


class Usage(APIResource[AuthenticatedClient]):
    """Calls and minutes of a calendar month."""

    @operation(get_usage, converts=("period",))
    def get(self, period: Moment | None = None, **extra: Unpack[ExtraOptions]) -> UsageResponse:
        """Return the usage of a month (operation ``get_usage``).

        Usage is reported to the billing system once an hour, so the figures may lag. A limit in
        ``quota`` that is None means unlimited, the normal case.

        Args:
            period: the month as ``YYYY-MM``, or a date or datetime in it (UTC); without it the
                service takes the current month.

        Raises:
            InvalidArgumentError: the period is not a month.
            APIError: anything else that went wrong.
        """
        month = None if period is None else checked_period(period)
        query = drop_none({"period": month})
        return require_type(UsageResponse, get_usage.sync(client=self._raw_with(extra), **query))
