"""Use the SDK of a repository as its callers do, and print what fails and what exists.

A separate program, ``python usage.py ROOT [BEFORE]``, with the repository in ``PYTHONPATH``.
``BEFORE`` is its output for an earlier state: names that were exported then are imported, too. It
imports every module of the providers, calls every public method of every client against the sandbox
with the required arguments and with each further one, and reads every model and every event. Of the
project's tools it uses those that read a contract and make values, but none of an adoption.
"""

from __future__ import annotations

import asyncio
import importlib
import inspect
import itertools
import json
import os
import re
import sys
import warnings
from pathlib import Path
from pkgutil import resolve_name, walk_packages
from typing import TYPE_CHECKING, Any, Final

import attrs

from trunkline_pipeline.checks.contract.naming import class_name
from trunkline_pipeline.checks.contract.operations import contract_operations
from trunkline_pipeline.checks.contract.sample_values import value_for
from trunkline_pipeline.checks.contract.webhooks import event_names, payload

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CLIENTS: Final = {
    "pamela": "Pamela",
    "phone_ai": "PhoneAI",
    "stateset_voice": "StateSetVoice",
    "whispey": "Whispey",
}
#: Enough seconds of sandbox time for a call to end.
_LATER: Final = 600
_NOT_CALLED: Final = frozenset({"aclose", "close", "with_options"})
#: The methods that create the object the other methods of a resource use.
_MAKERS: Final = ("create", "make", "register")
_ITEMS: Final = 30


class Seen:
    """What fails, by place, and what exists: arguments, names, fields."""

    def __init__(self) -> None:
        self.failures: dict[str, str] = {}
        self.there: dict[str, list[str]] = {}
        self.lines: dict[str, tuple[str, int, int]] = {}

    def tried(self, place: str, work: Callable[[], object]) -> Any:
        """Call ``work``; record its error, and drop an earlier one."""
        self.failures.pop(place, None)
        try:
            return work()
        except Exception as error:  # noqa: BLE001 - anything a caller would see
            self.failures[place] = f"{type(error).__name__}: {error}"
            return None


class Values:
    """Values for arguments: ids from responses, else values from a contract."""

    def __init__(self, documents: dict[str, Any]) -> None:
        self._shown: dict[str, Any] = {}
        self._last: dict[str, str] = {}
        self._contract: dict[tuple[str, str], Any] = {}
        for package, document in documents.items():
            for operation in contract_operations(package, document):
                for field in operation.fields:
                    for each in (field, *field.parts(document)):
                        value = value_for(each.name, each.schema, document)
                        for place in (operation.key[1], ""):
                            self._contract.setdefault((place, each.python_name.rstrip("_")), value)

    def of(self, name: str, owner: str, annotation: str, operation: str) -> Any:
        """Return a value for an argument of a resource's method for an operation."""
        key = name.rstrip("_")
        if key in self._shown or key == owner.removesuffix("s"):
            return self._shown.get(key) or self._last.get(owner)
        if key.endswith(("_id", "_sid")):
            return self._last.get(owner) or self._shown.get("id", "none")
        fallback = 1 if annotation.startswith(("int", "float")) else key
        for place in (operation, ""):
            if (place, key) in self._contract:
                return self._contract[place, key]
        return fallback

    def remember(self, owner: str, model: Any) -> None:
        for key, value in model.to_dict().items():
            name = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", key).lower()
            if isinstance(value, str) and name.endswith(("_id", "_sid")):
                self._shown[name] = value
            elif isinstance(value, str) and name == "id":
                self._last[owner] = self._shown["id"] = value


class Caller:
    """Calls the methods of one client, sync or async."""

    def __init__(
        self, seen: Seen, values: Values, provider: str, sandbox: Any, runner: asyncio.Runner
    ) -> None:
        self._seen, self._values, self._provider = seen, values, provider
        self._sandbox, self._runner, self._maker = sandbox, runner, None

    def use(self, name: str, thing: Any) -> None:
        """Call every method of a client or resource, and of the objects in its properties."""
        self._maker = next((getattr(thing, n) for n in _MAKERS if hasattr(thing, n)), None)
        for each in sorted({n for n in dir(thing) if n[0] != "_"} - _NOT_CALLED):
            place = f"{name}.{each}"
            value = self._seen.tried(place, lambda each=each: getattr(thing, each))
            if inspect.ismethod(value) or inspect.isfunction(value):
                self._method(place, value)
            elif type(value).__module__.startswith(f"trunkline.{self._provider}."):
                self.use(place, value)

    def _method(self, place: str, method: Any) -> None:
        parameters = inspect.signature(method).parameters.values()
        plain = [each for each in parameters if each.kind is not each.VAR_KEYWORD]
        plain = [each for each in plain if not each.name.startswith("extra_")]
        self._seen.there[place] = [each.name for each in plain]
        if place.startswith("Async") and "_raw_" not in place:
            code, first = inspect.getsourcelines(inspect.unwrap(method))
            file = inspect.getsourcefile(inspect.unwrap(method))
            self._seen.lines[place] = (str(file), first, first + len(code))
        needed = [each for each in plain if each.default is each.empty]
        further = [each for each in plain if each not in needed and "_raw_" not in place]
        for each in [None, *further]:
            label = f"{place}({each.name if each else ''})"
            given = [*needed, each] if each else needed
            self._seen.tried(label, lambda given=given: self._called(place, method, given))

    def _called(self, place: str, method: Any, given: list[inspect.Parameter]) -> None:
        self._sandbox.control.advance(_LATER)
        if self._maker and any(each.name.endswith("_id") for each in given):
            needed = inspect.signature(self._maker).parameters.values()
            plain = [e for e in needed if e.kind is not e.VAR_KEYWORD and e.default is e.empty]
            self._call(place, self._maker, plain)
        self._call(place, method, given)

    def _call(self, place: str, method: Any, given: list[inspect.Parameter]) -> None:
        owner = place.split(".")[1]
        operation = getattr(method, "__operation__", ("", ""))[1]
        values = {
            e.name: self._values.of(e.name, owner, str(e.annotation), operation) for e in given
        }
        places = [e.name for e in given if e.kind is not e.KEYWORD_ONLY]
        words = {n: value for n, value in values.items() if n not in places}
        result = method(*(values[n] for n in places), **words)
        if inspect.isawaitable(result):
            result = self._runner.run(_awaited(result))
        if hasattr(result, "__aiter__"):
            result = self._runner.run(_collected(result))
        elif hasattr(result, "__iter__") and not attrs.has(type(result)):
            result = list(itertools.islice(result, _ITEMS))
        for model in read(result):
            self._values.remember(place.split(".")[1], model)


async def _awaited(result: Any) -> Any:
    return await result


async def _collected(pages: Any) -> list[Any]:
    found: list[Any] = []
    async for each in pages:
        found.append(each)
        if len(found) == _ITEMS:
            break
    return found


def read(value: Any) -> Iterator[Any]:
    """Read every attribute of every model in a result, and yield the models."""
    if isinstance(value, list):
        for each in value:
            yield from read(each)
    elif attrs.has(type(value)):
        for field in attrs.fields(type(value)):
            yield from read(getattr(value, field.name))
        if hasattr(value, "to_dict"):
            value.to_dict()
            yield value


def events(seen: Seen, documents: dict[str, Any]) -> None:
    """Parse a payload of each webhook, and read the event's fields."""
    known = importlib.import_module("trunkline.webhooks.events").event_types()
    for package, kinds in known.items():
        seen.there[f"events {package}"] = sorted(kinds)
        sent = {
            name: (payload(item, documents[package]), documents[package])
            for webhook, item in documents[package].get("webhooks", {}).items()
            for name in event_names(webhook, item)
        }
        for name, kind in kinds.items():
            place = f"event {package}.{name}"
            seen.there[place] = sorted(kind.__dataclass_fields__)
            seen.tried(
                place, lambda name=name, kind=kind, sent=sent: _event(name, kind, *sent[name])
            )


def _event(name: str, kind: Any, schema: Any, document: Any) -> None:
    made = value_for(name, schema, document)
    if isinstance(made, dict) and "event" in made:
        made["event"] = name
    event = importlib.import_module(kind.__module__).parse(made)
    for field in kind.__dataclass_fields__:
        getattr(event, field)


def modules(seen: Seen, provider: str, former: list[str], documents: dict[str, Any]) -> None:
    """Import a provider's modules and its current and former exports; read its models."""
    home = importlib.import_module(f"trunkline.{provider}")
    for each in walk_packages(home.__path__, f"{home.__name__}."):
        seen.tried(f"module {each.name}", lambda each=each: importlib.import_module(each.name))
    seen.there[f"exports {provider}"] = list(home.__all__)
    for name in dict.fromkeys([*home.__all__, *former]):
        place = f"export {provider}.{name}"
        kind = seen.tried(place, lambda name=name: getattr(home, name))
        if isinstance(kind, type) and attrs.has(kind):
            seen.there[place] = [each.name for each in attrs.fields(kind)]
            schema = _schema(kind, documents)
            seen.tried(place, lambda k=kind, s=schema: [*read(k.from_dict(value_for("", *s)))])


def _schema(kind: type, documents: dict[str, Any]) -> tuple[Any, Any]:
    """Return the schema of a model, and its contract."""
    document = documents[kind.__module__.split(".")[1]]
    schemas = document["components"]["schemas"]
    return next(s for name, s in schemas.items() if class_name(name) == kind.__name__), document


def _runtime(sandbox: Any) -> Any:
    """Return a runtime whose clock advances only in sleeps, together with the sandbox's."""
    from trunkline._engine.runtime import Runtime

    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        sandbox.control.advance(seconds)

    async def async_sleep(seconds: float) -> None:
        sleep(seconds)

    return Runtime(monotonic=lambda: sum(slept), sleep=sleep, async_sleep=async_sleep)


def main(root: Path, before: dict[str, Any]) -> None:
    """Use everything, and print it as one line of JSON."""
    from trunkline.sandbox import ManualClock, Sandbox

    warnings.simplefilter("ignore")
    files = root.glob("generated/trunkline_generated/*/openapi.json")
    documents = {f.parent.name: json.loads(f.read_text(encoding="utf-8")) for f in files}
    seen, values = Seen(), Values(documents)
    with Sandbox(clock=ManualClock()) as sandbox, asyncio.Runner() as runner:
        os.environ.update(sandbox.environment())
        options = {"max_retries": 0, "runtime": _runtime(sandbox)}
        for provider, title in CLIENTS.items():
            former = before.get("there", {}).get(f"exports {provider}", [])
            modules(seen, provider, former, documents)
            # The second round finds objects that the first one created.
            for name in (title, title, f"Async{title}"):
                place = f"trunkline.{provider}:{name}"
                client = seen.tried(name, lambda place=place: resolve_name(place)(**options))
                Caller(seen, values, provider, sandbox, runner).use(name, client)
    events(seen, documents)
    found = {"failures": seen.failures, "there": seen.there, "lines": seen.lines}
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    earlier = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8")) if sys.argv[2:] else {}
    main(Path(sys.argv[1]), earlier)
