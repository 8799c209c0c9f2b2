"""Outputs of a comparison: each format is a pure function from a report to text."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from trunkline.contracts.model import Report
from trunkline.contracts.reports.review import Ignored, Protect, Review
from trunkline.errors import InvalidArgumentError

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["FORMATS", "Ignored", "Protect", "Review", "render"]

_RENDERERS: Final = {
    "text": ("text", "render"),
    "oneline": ("text", "render_oneline"),
    "json": ("json_report", "render"),
    "markdown": ("markdown", "render"),
    "github": ("ci", "render_github"),
    "sarif": ("sarif", "render"),
    "junit": ("junit", "render"),
    "gitlab": ("ci", "render_gitlab"),
    "html": ("html", "render"),
    "compat-ids": ("json_report", "render_compat_ids"),
}
#: The formats that :func:`render` knows.
FORMATS: Final = tuple(_RENDERERS)


def render(report: Report | Review, format: str = "text", **settings: Any) -> str:  # noqa: A002 - the name on the command line
    """Return a report in one of the :data:`FORMATS`.

    The same report gives the same bytes in every process. Text from the documents is made
    harmless for the format: it cannot close an element, start a link or move a cursor.

    Args:
        report: a comparison, or a review of one.
        format: a name in :data:`FORMATS`.
        settings: attributes of :class:`Review`, for a plain report.

    Raises:
        InvalidArgumentError: the format is not known.
    """
    try:
        module, name = _RENDERERS[format]
    except KeyError:
        known = ", ".join(FORMATS)
        raise InvalidArgumentError(f"{format!r} is not a format: use one of {known}") from None
    review = Review(report, **settings) if isinstance(report, Report) else report
    renderer: Callable[[Review], str] = getattr(import_module(f"{__name__}.{module}"), name)
    return renderer(review)
