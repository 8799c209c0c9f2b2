"""The final report as one HTML file without scripts or requests, with an inline SVG."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trunkline.campaigns.reporting.reports import CampaignReport

__all__ = ["html", "svg"]

_WIDTH, _LABEL, _BAR, _STEP = 640, 150, 18, 26
#: The longest label beside a bar, in characters.
_LETTERS: Final = 20
_BUCKETS: Final = 8
_STYLE: Final = (
    "svg{font:13px system-ui,sans-serif;fill:currentColor}.bar{fill:#3b6ea5}.head{font-weight:600}"
)


def svg(report: CampaignReport) -> str:
    """Return a picture of outcomes, durations and cost."""
    groups = [
        ("Rows by state", list(report.states.items())),
        ("Calls by outcome", list(report.outcomes.items())),
        ("Calls by duration", _buckets(report)),
    ]
    if report.cost is not None:
        groups.append((f"Cost of all calls: {report.cost}", []))
    parts: list[str] = []
    y = 20
    for title, bars in groups:
        parts.append(f'<text class="head" x="0" y="{y}">{title}</text>')
        y += 12
        most = max((count for _, count in bars), default=1) or 1
        for label, count in bars:
            parts.append(_bar(label, count, most, y))
            y += _STEP
        y += 24
    counts = {**report.outcomes, **{f"rows {name}": n for name, n in report.states.items()}}
    words = escape(f"{report.name}: {', '.join(f'{n} {name}' for name, n in counts.items())}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {_WIDTH} {y}" '
        f'width="{_WIDTH}" height="{y}"><title>{words}</title><style>{_STYLE}</style>'
        f"{''.join(parts)}</svg>"
    )


def html(report: CampaignReport) -> str:
    """Return the report as a page."""
    facts = report.to_dict()
    seconds = facts.pop("seconds")
    facts |= {f"seconds, {name}": value for name, value in seconds.items()}
    rows = "".join(
        f"<tr><th scope=row>{escape(name.replace('_', ' '))}<td>{escape(_shown(value))}"
        for name, value in facts.items()
    )
    lines = "".join(f"<li value={each.line}>{escape(each.text)}" for each in report.problems)
    return (
        "<!doctype html><html lang=en><meta charset=utf-8>"
        f"<title>Campaign {escape(report.name)}</title>"
        "<style>body{font:15px system-ui,sans-serif;max-width:46rem;margin:2rem auto}"
        "th{text-align:left;padding-right:1rem;vertical-align:top}"
        "@media(prefers-color-scheme:dark){body{background:#111;color:#ddd}}</style>"
        f"<h1>Campaign {escape(report.name)}</h1>{svg(report)}<table>{rows}</table>"
        f"<h2>Lines that were not dialled</h2><ol>{lines}</ol></html>\n"
    )


def _bar(label: str, count: int, most: int, y: int) -> str:
    width = round((_WIDTH - _LABEL - 70) * count / most, 1)
    middle = y + _BAR - 5
    shown = label if len(label) <= _LETTERS else f"{label[: _LETTERS - 1]}…"
    return (
        f'<text x="0" y="{middle}">{escape(shown)}</text>'
        f'<rect class="bar" x="{_LABEL}" y="{y}" width="{width}" height="{_BAR}"/>'
        f'<text x="{_LABEL + width + 6}" y="{middle}">{count}</text>'
    )


def _buckets(report: CampaignReport) -> Sequence[tuple[str, int]]:
    if not report.durations:
        return []
    step = max(1, -(-int(report.durations[-1] + 1) // _BUCKETS))
    counts = [0] * _BUCKETS
    for seconds in report.durations:
        counts[min(_BUCKETS - 1, int(seconds // step))] += 1
    return [(f"{n * step} to {(n + 1) * step} s", count) for n, count in enumerate(counts)]


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {count}" for name, count in cast("dict[str, int]", value).items())
    return "" if value is None else str(value)
