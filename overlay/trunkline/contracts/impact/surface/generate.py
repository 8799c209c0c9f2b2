"""Write the client of a document to a temporary folder, with the generator or by its rules."""

from __future__ import annotations

import io
import tempfile
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trunkline.contracts.errors import ContractError
from trunkline.contracts.impact.client import synthetic

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

__all__ = ["generated"]


@contextmanager
def generated(
    document: Mapping[str, Any], package: str, *, generator: bool | None, label: str
) -> Generator[Path]:
    """Yield the folder of a client; it is removed afterwards.

    Args:
        document: the contract.
        package: dotted import name of the client.
        generator: True runs openapi-python-client, False only follows its naming rules, None
            runs it if it is installed.
        label: name of the document in errors.

    Raises:
        ContractError: the generator is requested but not installed, or cannot read the document.
    """
    if generator is None:
        generator = find_spec("openapi_python_client") is not None
    with tempfile.TemporaryDirectory(prefix="trunkline-") as root:
        folder = Path(root).resolve().joinpath(*package.split("."))
        folder.parent.mkdir(parents=True, exist_ok=True)
        if generator:
            _generate(document, folder, label)
        else:
            folder.mkdir()
            synthetic.write(document, folder)
        yield folder


def _generate(document: Mapping[str, Any], target: Path, label: str) -> None:
    try:
        from openapi_python_client import Project
        from openapi_python_client.config import Config, ConfigFile, MetaType
        from openapi_python_client.parser import GeneratorData
        from openapi_python_client.parser.errors import GeneratorError
    except ImportError as error:
        raise ContractError(
            "comparing what the generator writes needs openapi-python-client: "
            "pip install openapi-python-client"
        ) from error
    config = Config.from_sources(
        ConfigFile(post_hooks=[]), MetaType.NONE, "", "utf-8", overwrite=False, output_path=target
    )
    try:
        data = GeneratorData.from_dict(dict(document), config=config)
        if isinstance(data, GeneratorError):
            problem = f"{data.header}: {data.detail or ''}".strip()
            raise ContractError(f"the generator refuses it: {problem}", document=label)
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            Project(openapi=data, config=config, custom_template_path=None).build()
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        if isinstance(error, ContractError):
            raise
        # The generator fails with bare exceptions, for example on enum values that differ in case.
        problem = f"the generator cannot read it ({error}); generator=False does without it"
        raise ContractError(problem, document=label) from error
