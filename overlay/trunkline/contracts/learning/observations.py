"""Read observations: counts files, HAR files, and request journals of the sandbox."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from trunkline._json import is_object
from trunkline._shapes.counts import merge
from trunkline._shapes.files import InvalidFileError, digest, parse
from trunkline._shapes.schemas import Schemas
from trunkline.contracts.errors import ContractError

from .exchanges import is_har, is_journal, recorded
from .findings import findings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from trunkline._shapes.counts import Counts

__all__ = ["Observations", "Observed", "contracts_in", "read"]

#: Longer files are skipped; the limit is high because HAR files contain whole bodies.
_MOST_BYTES: Final = 1 << 28
_SUFFIXES: Final = frozenset({".json", ".har"})


@dataclass(frozen=True, slots=True)
class Observed:
    """The counts of one contract.

    Attributes:
        counts: added up over all files.
        credentials: how many keys were in use; 2 for more than one.
        files: the number of files they are from.
    """

    counts: Counts = field(default_factory=dict[str, Any], repr=False)
    credentials: int = 1
    files: int = 0

    def add(self, counts: Counts, credentials: int) -> Observed:
        """Return the sum of these counts and others."""
        most = max(self.credentials, credentials)
        return Observed(merge(self.counts, counts), most, self.files + 1)


@dataclass(frozen=True, slots=True)
class Observations:
    """The observations that were read.

    Attributes:
        observed: by the contract's name.
        skipped: a sentence for each file that was not used.
    """

    observed: Mapping[str, Observed]
    skipped: tuple[str, ...]


def contracts_in(paths: Iterable[Path]) -> list[str]:
    """Return the names of the contracts that counts files are about."""
    found = (contents for _, contents, _ in _contents(paths))
    return sorted({each["contract"] for each in found if is_object(each) and "counts" in each})


def read(
    paths: Iterable[Path], documents: Mapping[str, dict[str, Any]], *, older: bool = False
) -> Observations:
    """Add up the counts of contracts from files.

    Args:
        paths: files, or folders with files.
        documents: the contracts, by name.
        older: whether counts of another state of a contract are used too.
    """
    reader = _Reader(documents, older=older)
    for path, contents, problem in _contents(paths):
        reason = problem or reader.take(contents)
        if reason:
            reader.skipped.append(f"{path}: {reason}")
    return Observations(reader.found, tuple(reader.skipped))


class _Reader:
    def __init__(self, documents: Mapping[str, dict[str, Any]], *, older: bool) -> None:
        self._documents, self._older = documents, older
        self._schemas = {name: Schemas(document) for name, document in documents.items()}
        self._digests = {name: digest(document) for name, document in documents.items()}
        self.found = dict.fromkeys(documents, Observed())
        self.skipped: list[str] = []

    def take(self, contents: Any) -> str:
        """Add the counts of a file; return why it was not used, empty if it was."""
        if not is_object(contents) or "counts" not in contents:
            found = list(recorded(contents, self._documents))
            for name, counts in found:
                self.found[name] = self.found[name].add(counts, 1)
            names = " or ".join(self._documents)
            return "" if found else f"no request in it is one of {names}, by method and path"
        name, counts = contents["contract"], contents["counts"]
        if name not in self._documents:
            return ""
        if contents["digest"] != self._digests[name] and not self._older:
            return f"it is about another state of {name}: --older uses it all the same"
        if not self._is_whole(name, counts):
            return "its counts are damaged"
        self.found[name] = self.found[name].add(counts, 1 + (contents["credentials"] != "1"))
        return ""

    def _is_whole(self, name: str, counts: Counts) -> bool:
        try:
            findings(self._schemas[name], counts)
            merge(self.found[name].counts, counts)
        except (LookupError, TypeError, ValueError, AttributeError):
            return False
        return True


def _contents(paths: Iterable[Path]) -> Iterator[tuple[Path, Any, str]]:
    """Yield path and contents of each file; None and the reason for one that cannot be used."""
    for path in _files(paths):
        try:
            if path.stat().st_size > _MOST_BYTES:
                yield path, None, "it is longer than 256 MiB"
                continue
            data = path.read_bytes()
            other = json.loads(data)
            usable = is_har(other) or is_journal(other)
            yield path, other if usable else parse(data), ""
        except OSError as error:
            yield path, None, f"it cannot be read: {error.strerror}"
        except InvalidFileError as error:
            yield path, None, str(error)
        except (ValueError, RecursionError):
            yield path, None, "it is not complete JSON"


def _files(paths: Iterable[Path]) -> list[Path]:
    """Return each file once: if counted twice, it would confirm itself."""
    return list({path.resolve(): path for path in _named(paths)}.values())


def _named(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if not path.exists():
            raise ContractError("there is no such file or folder", document=str(path))
        if path.is_dir():
            yield from sorted(
                each for each in path.rglob("*") if each.suffix in _SUFFIXES and each.is_file()
            )
        else:
            yield path
