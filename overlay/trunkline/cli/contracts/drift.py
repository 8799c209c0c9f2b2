"""``contracts drift``: whether the vendors still publish what is pinned."""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from trunkline._json import is_object
from trunkline.cli.console import progress, write
from trunkline.cli.contracts.sources import pin_file, pinned, pins
from trunkline.contracts.drift import Drift, Outcome, check
from trunkline.contracts.impact.cache import default_folder
from trunkline.contracts.reports.json_report import as_object
from trunkline.contracts.reports.review import Review
from trunkline.contracts.reports.summary import summary
from trunkline.contracts.reports.visible import jsonable, visible

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["drift"]

#: The most urgent outcome decides; NO_DOCUMENT only if all contracts have it.
_STATUSES: Final = {
    Outcome.DRIFTED: 1,
    Outcome.NOT_CHECKED: 3,
    Outcome.UNCHANGED: 0,
    Outcome.NO_DOCUMENT: 4,
}
_EPILOG: Final = """The exit status is 1 if a contract has drifted, else 3 if one could not be
checked, else 0; 4 if no vendor publishes a document, 2 for a mistake in the command line."""


@click.command(epilog=_EPILOG)
@click.argument("names", nargs=-1)
@click.option(
    "--contracts",
    "table",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Table of the pinned contracts.  [default: the nearest api-contracts/contracts.toml]",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON value, with every edit.")
@click.option(
    "--cache/--no-cache",
    default=True,
    show_default=True,
    help="Keep the ETag of an unchanged document, so that it need not be sent again.",
)
def drift(names: tuple[str, ...], table: Path | None, *, as_json: bool, cache: bool) -> int:
    """Compare pinned contracts with what their vendors publish now.

    NAMES are tables of contracts.toml, all of them by default; a table's `source` is the address
    of the published document.
    """
    file = table or pin_file()
    if file is None:
        raise click.UsageError(
            "no api-contracts/contracts.toml from here upwards: --contracts FILE"
        )
    known = pins(file)
    etags = _Etags(default_folder() / "drift.json" if cache else None)
    found: list[Drift] = []
    for name in names or known:
        side = pinned(name, file, known)
        source = str(known[name].get("source", ""))
        with progress(f"Fetching {source}"):
            found.append(check(name, side.source, source, overlays=side.overlays, etags=etags.all))
    etags.save()
    write(_json(found) if as_json else "".join(f"{visible(_line(each))}\n" for each in found))
    return _status(found)


def _status(found: Iterable[Drift]) -> int:
    outcomes = {each.outcome for each in found}
    return next((status for each, status in _STATUSES.items() if each in outcomes), 0)


def _line(each: Drift) -> str:
    words = each.reason if each.report is None else summary(each.report)
    about = f" ({each.source})" if each.source else ""
    return f"{each.contract}: {each.outcome}{about}{f': {words}' if words else ''}"


def _json(found: Iterable[Drift]) -> str:
    return (
        json.dumps([jsonable(_facts(each)) for each in found], ensure_ascii=False, indent=2) + "\n"
    )


def _facts(each: Drift) -> dict[str, Any]:
    report = each.report
    return {
        "contract": each.contract,
        "outcome": each.outcome.value,
        "source": each.source,
        "reason": each.reason,
        "summary": summary(report) if report else "",
        "report": as_object(Review(report)) if report else None,
    }


class _Etags:
    """ETags by address and pinned bytes, in a file that may be lost at any time."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self.all: dict[str, str] = {}
        if path is not None:
            with contextlib.suppress(OSError, ValueError, RecursionError):
                found = json.loads(path.read_bytes())
                self.all = {str(k): str(v) for k, v in found.items()} if is_object(found) else {}

    def save(self) -> None:
        if self._path is None:
            return
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            draft = self._path.with_suffix(f".{os.getpid()}.tmp")
            draft.write_text(json.dumps(self.all), encoding="utf-8")
            draft.replace(self._path)
