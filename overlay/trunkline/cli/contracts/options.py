"""The options that ``diff`` and ``impact`` share, and the values that they take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import click

from trunkline.contracts.model import Level
from trunkline.contracts.reports import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["LEVELS", "Comparison", "comparison_options", "level_or_none"]

LEVELS: Final = tuple(level.label for level in sorted(Level, reverse=True))
_LIMITS: Final = (*LEVELS, "none")
_PATH: Final = click.Path(dir_okay=False)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The options of a comparison, for either command; ``comparison_options`` fills it."""

    old: str
    new: str
    format: str | None
    as_json: bool
    output: tuple[str, ...]
    fail_on: str | None
    protect: str | None
    show: str
    level: dict[str, Level]
    ignore: str | None
    baseline: str | None
    update_baseline: bool
    overlay: tuple[str, ...]
    patches: bool
    offline: bool
    quiet: bool


def level_or_none(label: str | None) -> Level | None:
    """Return the level that a limit names, None for ``none`` or no limit."""
    return None if label in {None, "none"} else Level.parse(str(label))


def _overrides(
    _ctx: click.Context, _param: click.Parameter, given: tuple[str, ...]
) -> dict[str, Level]:
    return dict(map(_override, given))


def _override(text: str) -> tuple[str, Level]:
    key, equals, label = text.rpartition("=")
    if not equals or label.strip().lower() not in LEVELS:
        raise click.BadParameter(f"{text!r} is not KEY=LEVEL with one of {', '.join(LEVELS)}")
    return key.strip(), Level.parse(label)


_OPTIONS: Final[tuple[Callable[[Any], Any], ...]] = (
    click.argument("old"),
    click.argument("new"),
    click.option(
        "--format",
        type=click.Choice(FORMATS),
        help="Default: text, or what the suffix of --output means.",
    ),
    click.option("--json", "as_json", is_flag=True, help="The same as --format json; errors too."),
    click.option(
        "--output",
        "-o",
        multiple=True,
        type=_PATH,
        help="Write to a file instead of standard output; may be repeated.",
    ),
    click.option(
        "--fail-on",
        type=click.Choice(_LIMITS),
        help="The lowest level that makes the exit status 1.  [default: breaking]",
    ),
    click.option(
        "--protect",
        type=click.Choice(["wire", "python", "both"]),
        help="Whose level counts: the wire's, the generated Python client's, or the higher one.",
    ),
    click.option(
        "--show",
        type=click.Choice(LEVELS),
        default="info",
        show_default=True,
        help="The lowest level that is listed.",
    ),
    click.option(
        "--level",
        multiple=True,
        metavar="KEY=LEVEL",
        callback=_overrides,
        help="Another level for a rule: a key or a glob of `contracts rules`; may be repeated.",
    ),
    click.option("--ignore", type=_PATH, help="TOML file of accepted findings, with reasons."),
    click.option("--baseline", type=_PATH, help="File of known findings, which do not count."),
    click.option("--update-baseline", is_flag=True, help="Rewrite that file, and exit with 0."),
    click.option(
        "--overlay",
        multiple=True,
        type=_PATH,
        help="OpenAPI Overlay document to apply to both sides; may be repeated.",
    ),
    click.option(
        "--patches/--no-patches",
        default=True,
        show_default=True,
        help="Apply the corrections of a pinned contract to both sides.",
    ),
    click.option("--offline", is_flag=True, help="Refuse to fetch anything."),
    click.option("--quiet", "-q", is_flag=True, help="No summary on standard error."),
)


def comparison_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the arguments and options that every comparison has."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command
