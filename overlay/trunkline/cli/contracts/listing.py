"""``contracts rules`` and ``contracts schema``: the rules, and the schema of the JSON report."""

from __future__ import annotations

import json

import click

from trunkline.cli.console import write

__all__ = ["rules", "schema"]


@click.command()
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
def rules(form: str, *, as_json: bool) -> None:
    """List the rules: key, direction, level, and the reason in one sentence."""
    from trunkline.contracts import rules as table

    rows = [
        {
            "key": rule.key,
            "edit": rule.edit,
            "direction": rule.direction.value,
            "guard": rule.guard or None,
            "level": rule.level.label,
            "sentence": rule.sentence,
        }
        for rule in table()
    ]
    if as_json or form == "json":
        write(json.dumps(rows, ensure_ascii=False, indent=2) + "\n")
        return
    width = max(len(str(row["key"])) for row in rows)
    write("".join(f"{row['level']:<9} {row['key']:<{width}} {row['sentence']}\n" for row in rows))


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Accepted everywhere; this is JSON anyway.")
def schema(*, as_json: bool) -> None:  # noqa: ARG001 - the option has nothing to change here
    """Print the JSON Schema of `--format json`."""
    from trunkline.contracts.reports.json_report import schema as published

    write(json.dumps(published(), indent=2) + "\n")
