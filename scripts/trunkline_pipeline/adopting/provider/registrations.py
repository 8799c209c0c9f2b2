"""Add a new provider to every table of the repository that lists providers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from trunkline_pipeline.errors import PipelineError

if TYPE_CHECKING:
    from pathlib import Path

    from .identity import Identity

_SANDBOX: Final = '''"""{title} in the sandbox: responses come from the contract alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trunkline.sandbox.providers.contract_only import ContractProvider

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from trunkline.sandbox.core.state import SandboxState

__all__ = ["{client}Provider"]


class {client}Provider(ContractProvider):
    """Accepts any credential where the contract requires one."""

    package = "{package}"

    def __init__(self, state: SandboxState) -> None:
        super().__init__(state, "{package}", state.contract("{package}"))
        self.handlers = {{
{handlers}        }}

    def credentials(self) -> Mapping[str, Sequence[str]]:
        return {{"{env}_API_KEY": ("{package}_sandbox",)}}
'''


def register(root: Path, identity: Identity, operations: list[str], *, webhooks: bool) -> None:
    """Edit the tables, and write the provider of the sandbox.

    Raises:
        PipelineError: one of the tables is not at its known location.
    """
    overlay = root / "overlay" / "trunkline"
    _root(overlay / "__init__.py", identity)
    _layers(root / "pyproject.toml", identity)
    handlers = "".join(f'            "{each}": self.example_response,\n' for each in operations)
    text = _SANDBOX.format(
        title=identity.title,
        client=identity.client,
        package=identity.package,
        env=identity.env,
        handlers=handlers,
    )
    path = overlay / "sandbox" / "providers" / f"{identity.package}.py"
    path.write_text(text, encoding="utf-8")
    _insert(
        overlay / "sandbox" / "app.py",
        ("from trunkline.sandbox.providers.contract_only import", _sandbox_import(identity)),
        ("    PhoneAIProvider.create,\n", f"    {identity.client}Provider.create,\n"),
    )
    if webhooks:
        _webhooks(overlay / "webhooks", identity)


def _sandbox_import(identity: Identity) -> str:
    module = f"trunkline.sandbox.providers.{identity.package}"
    return f"from {module} import {identity.client}Provider\n"


def _root(file: Path, identity: Identity) -> None:
    package, client = identity.package, identity.client
    _insert(
        file,
        (
            "    from trunkline import errors as errors\n",
            f"    from trunkline import {package} as {package}\n",
        ),
        (
            "    from trunkline.pamela import",
            f"    from trunkline.{package} import Async{client}, {client}\n",
        ),
        ("_EXPORTS = {\n", f'    "Async{client}": ".{package}",\n    "{client}": ".{package}",\n'),
        ("_SUBMODULES = (\n", f'    "{package}",\n'),
        ("__all__ = [\n", f'    "Async{client}",\n    "{client}",\n'),
    )


def _layers(file: Path, identity: Identity) -> None:
    text = file.read_text(encoding="utf-8")
    made = re.sub(
        r'(  "pamela \|[^"]*?)( \| sandbox)', rf"\1 | {identity.package}\2", text, count=1
    )
    if made == text:
        raise PipelineError(f"{file}: no layer of import-linter holds the providers")
    file.write_text(made, encoding="utf-8")


def _webhooks(folder: Path, identity: Identity) -> None:
    package, client = identity.package, identity.client
    _insert(
        folder / "events" / "__init__.py", ("_MODULES = {\n", f'    "{package}": "{package}",\n')
    )
    _insert(
        folder / "__init__.py",
        (
            "    from trunkline.webhooks.events.pamela import",
            f"    from trunkline.webhooks.events.{package} import {client}Event\n",
        ),
        (
            "    from trunkline.webhooks.providers.pamela import",
            f"    from trunkline.webhooks.providers.{package} import {client}Webhook\n",
        ),
        ("__all__ = [\n", f'    "{client}Event",\n    "{client}Webhook",\n'),
        (
            "_EXPORTS = {\n",
            _lines(
                f'    "{client}Event": ".events.{package}",',
                f'    "{client}Webhook": ".providers.{package}",',
            ),
        ),
    )


def _lines(*lines: str) -> str:
    return "".join(f"{line}\n" for line in lines)


def _insert(file: Path, *pairs: tuple[str, str]) -> None:
    """Insert lines before an import, or after the first line of a table."""
    text = file.read_text(encoding="utf-8")
    for anchor, lines in pairs:
        if anchor not in text:
            raise PipelineError(f"{file} has no {anchor.strip()!r}: enter the provider by hand")
        before, _, after = text.partition(anchor)
        is_import = "import" in anchor
        text = f"{before}{lines}{anchor}{after}" if is_import else f"{before}{anchor}{lines}{after}"
    file.write_text(text, encoding="utf-8")
