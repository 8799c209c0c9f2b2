# Generated from whispey-ingest.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self, cast

from attr import define as _attrs_define
from attr import field as _attrs_field

from .. import schemas as _schemas
from ..types import Model as _Model
from ..types import Reading as _Reading
from ..types import count_only as _count_only
from ..types import mask as _mask
from ..types import new as _new


@_attrs_define(eq=False, repr=False, getstate_setstate=False)
class CallMetadata(_Model):
    """Facts about the session and every keyword that the application gave at its start; a nested `metadata` keyword is
    also spread over the top level.

        Attributes:
            usage (UsageTotals | None): Consumption of the whole session; the server computes costs from it.
            duration_formatted (str | None): Duration for people.
            complete_configuration (SessionConfiguration | None): Snapshot of the models in use and of the session's
                settings.
            bug_reports (Any | None): Bug reports that were spoken during the call, when there are any.
            bug_flagged_turns (Any | None): Turns that a bug report points at, when there are any.
            evaluation (Any | None): Result of an evaluation, when one ran.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "usage": "usage",
        "duration_formatted": "duration_formatted",
        "complete_configuration": "complete_configuration",
        "bug_reports": "bug_reports",
        "bug_flagged_turns": "bug_flagged_turns",
        "evaluation": "evaluation",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "usage",
            "duration_formatted",
            "complete_configuration",
            "bug_reports",
            "bug_flagged_turns",
            "evaluation",
        }
    )

    usage: UsageTotals | None = None
    duration_formatted: str | None = _attrs_field(default=None, repr=_mask)
    complete_configuration: SessionConfiguration | None = None
    bug_reports: Any = _attrs_field(default=None, repr=_mask)
    bug_flagged_turns: Any = _attrs_field(default=None, repr=_mask)
    evaluation: Any = _attrs_field(default=None, repr=_mask)
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if self.usage is not None:
            field_dict["usage"] = self.usage.to_dict()
        if self.duration_formatted is not None:
            field_dict["duration_formatted"] = self.duration_formatted
        if self.complete_configuration is not None:
            field_dict["complete_configuration"] = self.complete_configuration.to_dict()
        if self.bug_reports is not None:
            field_dict["bug_reports"] = self.bug_reports
        if self.bug_flagged_turns is not None:
            field_dict["bug_flagged_turns"] = self.bug_flagged_turns
        if self.evaluation is not None:
            field_dict["evaluation"] = self.evaluation
        return field_dict

    @classmethod
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_usage,
                    f_duration_formatted,
                    f_complete_configuration,
                    f_bug_reports,
                    f_bug_flagged_turns,
                    f_evaluation,
                ) = values
            else:
                get = src_dict.get
                f_usage = get("usage")
                f_duration_formatted = get("duration_formatted")
                f_complete_configuration = get("complete_configuration")
                f_bug_reports = get("bug_reports")
                f_bug_flagged_turns = get("bug_flagged_turns")
                f_evaluation = get("evaluation")
            if (
                type(src_dict) is dict
                and (type(f_usage) is dict or f_usage is None and "usage" not in src_dict)
                and (
                    type(f_duration_formatted) is str
                    or f_duration_formatted is None
                    and "duration_formatted" not in src_dict
                )
                and (
                    type(f_complete_configuration) is dict
                    or f_complete_configuration is None
                    and "complete_configuration" not in src_dict
                )
            ):
                model = _new(cls)
                model.usage = None if f_usage is None else _read_UsageTotals(f_usage, reading)
                model.duration_formatted = f_duration_formatted
                model.complete_configuration = (
                    None
                    if f_complete_configuration is None
                    else _read_SessionConfiguration(f_complete_configuration, reading)
                )
                model.bug_reports = f_bug_reports
                model.bug_flagged_turns = f_bug_flagged_turns
                model.evaluation = f_evaluation
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


from ..models.session_configuration import SessionConfiguration
from ..models.usage_totals import UsageTotals

_read_SessionConfiguration = SessionConfiguration.from_dict
_read_UsageTotals = UsageTotals.from_dict

CallMetadata._fields = (
    _schemas.Field("usage", "usage", False, _schemas.Object(UsageTotals)),
    _schemas.Field("duration_formatted", "duration_formatted", False, _schemas.STRING),
    _schemas.Field("complete_configuration", "complete_configuration", False, _schemas.Object(SessionConfiguration)),
    _schemas.Field("bug_reports", "bug_reports", False, _schemas.ANYTHING),
    _schemas.Field("bug_flagged_turns", "bug_flagged_turns", False, _schemas.ANYTHING),
    _schemas.Field("evaluation", "evaluation", False, _schemas.ANYTHING),
)
CallMetadata._extra = _schemas.ANYTHING
