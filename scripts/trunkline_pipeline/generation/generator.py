"""Run openapi-python-client in this process: from one document to one tree of files."""

from __future__ import annotations

import io
import re
from contextlib import redirect_stdout
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from openapi_python_client import Project
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError
from openapi_python_client.parser.properties.model_property import ANY_ADDITIONAL_PROPERTY
from openapi_python_client.schema import UntrustedString

from trunkline_pipeline.errors import PipelineError
from trunkline_pipeline.generation import (
    field_expressions,
    generator_input,
    schema_annotations,
    template_filters,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

#: Field names that the models' own methods need; the field gets a trailing underscore.
_TAKEN = frozenset(
    {
        "additional_keys",
        "additional_properties",
        "deviations",
        "from_dict",
        "get",
        "item_reader",
        "keys",
        "raw",
        "to_dict",
        "to_json",
        "to_multipart",
    }
)


@dataclass(frozen=True, slots=True)
class Generated:
    """The result for a document: its endpoint modules, and what the generator could not do."""

    endpoints: int
    problems: tuple[str, ...]


def generate(
    document: dict[str, Any], target: Path, templates: Path | None, options: Mapping[str, Any]
) -> Generated:
    """Write the package of a document into a new folder.

    Args:
        document: the patched contract.
        target: a folder that does not exist yet.
        templates: the SDK's templates, or None for the generator's own.
        options: settings of the generator that differ from its defaults.

    Raises:
        PipelineError: nothing can be generated from the document.
    """
    config = Config.from_sources(
        ConfigFile(post_hooks=[], **options),
        MetaType.NONE,
        "",
        "utf-8",
        overwrite=False,
        output_path=target,
    )
    data = _parse(generator_input.prepared(document), config)
    project = Project(openapi=data, config=config, custom_template_path=templates)
    if templates is not None:
        _prepare(data, config)
        project.env.globals.update(_template_globals(data, document))
    with redirect_stdout(io.StringIO()):
        problems = project.build()
    if templates is not None:
        text = project.env.get_template("schemas.py.jinja").render()
        (target / "schemas.py").write_text(text, encoding="utf-8")
    return Generated(
        endpoints=sum(1 for _ in target.glob("api/*/[!_]*.py")),
        problems=tuple(_describe(problem) for problem in problems),
    )


def _parse(document: dict[str, Any], config: Config) -> GeneratorData:
    try:
        data = GeneratorData.from_dict(document, config=config)
    except (ValueError, RecursionError) as error:
        # The generator raises a bare exception, such as for enum values that differ only in case.
        raise PipelineError(f"the generator cannot read the document: {error}") from error
    if isinstance(data, GeneratorError):
        raise PipelineError(_describe(data))
    return data


def _prepare(data: GeneratorData, config: Config) -> None:
    for model in data.models:
        if model.additional_properties is None:
            # A closed schema may get fields later; these must not be dropped.
            object.__setattr__(model, "additional_properties", ANY_ADDITIONAL_PROPERTY)
        for prop in [*(model.required_properties or ()), *(model.optional_properties or ())]:
            if prop.python_name in _TAKEN:
                prop.set_python_name(
                    UntrustedString(f"{prop.python_name}_"), config, skip_snake_case=True
                )


def _template_globals(data: GeneratorData, document: dict[str, Any]) -> dict[str, Any]:
    hidden = {str(m.class_info.name): _hidden(m, document) for m in data.models}
    harmless = {
        str(m.class_info.name): schema_annotations.harmless_properties(_schema(m))
        for m in data.models
    }
    return {
        "open_enums": {e.class_info.name for e in data.enums if _is_open(e)},
        "value_aliases": _value_aliases(data),
        "is_hidden": partial(_is_hidden, hidden, harmless),
        "operation_of": partial(operation_of, document),
        **{question.__name__: question for question in template_filters.QUESTIONS},
        **{question.__name__: question for question in field_expressions.QUESTIONS},
    }


def _value_aliases(data: GeneratorData) -> dict[str, str]:
    """Name the literals that belong to the enums, except where a schema already has the name."""
    taken = {each.class_info.name for each in [*data.models, *data.enums]}
    texts = [str(e.class_info.name) for e in data.enums if getattr(e, "value_type", None) is str]
    return {name: f"{name}Value" for name in texts if f"{name}Value" not in taken}


def _is_hidden(
    hidden: Mapping[str, frozenset[str]],
    harmless: Mapping[str, frozenset[str]],
    model: Any,
    prop: Any,
) -> bool:
    name, owner = prop.name.get_untrusted_value(), model.class_info.name
    shown = name in harmless[owner] or template_filters.is_shown(prop)
    return name in hidden[owner] or not shown


def _is_open(enum: Any) -> bool:
    description = enum.description
    return (
        description is not None
        and schema_annotations.OPEN_NOTE in description.get_untrusted_value()
    )


def _hidden(model: Any, document: dict[str, Any]) -> frozenset[str]:
    return schema_annotations.hidden_properties(_schema(model), document)


def _schema(model: Any) -> dict[str, Any]:
    schema: dict[str, Any] = model.data.model_dump(mode="json", by_alias=True, exclude_unset=True)
    return schema


def operation_of(document: Mapping[str, Any], endpoint: Any) -> dict[str, str]:
    """Return an endpoint's name and path in the contract, and its response media types."""
    path = endpoint.path.get_untrusted_value()
    for parameter in endpoint.path_parameters:
        path = path.replace(
            f"{{{parameter.python_name}}}", f"{{{parameter.name.get_untrusted_value()}}}"
        )
    operation = document["paths"][path][endpoint.method]
    return {
        "operation_id": operation.get("operationId", str(endpoint.name)),
        "path_template": path,
        "accept": ", ".join(_success_media_types(operation, document)),
    }


def _success_media_types(operation: Mapping[str, Any], document: Mapping[str, Any]) -> list[str]:
    """Return the media types of an operation's successes, without repeats, in contract order."""
    responses = (
        schema_annotations.resolve(response, document)
        for status, response in operation.get("responses", {}).items()
        if str(status).startswith("2")
    )
    return list(dict.fromkeys(t for response in responses for t in response.get("content", {})))


def _describe(problem: GeneratorError) -> str:
    # Two parts of the generator's messages differ between runs: some wrapped strings are printed by
    # address, and lists of removed items are in the order of a set.
    text = re.sub(r"<openapi_python_client[\w.]+ object at 0x\w+>", "(...)", problem.detail or "")
    lines = [line.strip() for line in [problem.header, *text.splitlines()]]
    removed = sorted(line for line in lines if line.startswith("/"))
    return " ".join([*(line for line in lines if not line.startswith("/")), *removed]).strip()
