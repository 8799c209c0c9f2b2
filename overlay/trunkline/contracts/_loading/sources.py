"""Read the bytes of a document: a file, a URL, or a file of a Git revision."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import Final

from trunkline.contracts.errors import ContractError

from .json_units import Units

#: Larger documents are refused before they are parsed: a tree takes about ten times their size.
MAX_BYTES: Final = 64 * 1024 * 1024

_SECONDS: Final = 30.0


@dataclass(frozen=True, slots=True)
class Source:
    """One file of a contract as it was read.

    Attributes:
        name: its name in messages and reports.
        origin: where it was read from, if that is not its name.
        units: the units in which its JSON was parsed; empty for YAML.
    """

    name: str
    data: bytes = field(repr=False)
    format: str
    origin: str = ""
    units: Units = field(default_factory=Units, repr=False, compare=False)

    @property
    def address(self) -> str:
        """Where it was read from, in the form used to resolve references to it."""
        address = self.origin or self.name
        return address if ":" in address[2:] else os.path.normpath(address)


def read(source: str, *, offline: bool = False, referred: bool = False) -> bytes:
    """Return the bytes at a path, an http(s) URL, or `revision:path` of the Git repository.

    Args:
        source: an existing file takes precedence over a Git revision with the same spelling.
        offline: refuse URLs.
        referred: another document refers to it; pipes and devices are then refused, because
            reading them could block.

    Raises:
        ContractError: it cannot be read, or is larger than MAX_BYTES.
    """
    if is_url(source):
        return _checked(source, _from_url(source, offline=offline))
    if "://" in source:
        raise ContractError("only http and https addresses are read", document=source)
    if os.path.exists(source):
        if referred and not os.path.isfile(source):
            raise ContractError("is not a file", document=source)
        return _from_file(source)
    revision, colon, path = source.partition(":")
    if colon and path and len(revision) > 1:
        return _checked(source, _from_git(source))
    raise ContractError("there is no such file", document=source)


def is_url(source: str) -> bool:
    """Return whether a source is an http or https URL."""
    return source.lower().startswith(("http://", "https://"))


def _from_file(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return _checked(path, file.read(MAX_BYTES + 1))
    except OSError as error:
        raise ContractError(f"cannot be read: {error.strerror}", document=path) from error


def _from_url(url: str, *, offline: bool) -> bytes:
    if offline:
        raise ContractError("is remote, and remote documents were not allowed", document=url)
    import httpx

    try:
        with httpx.stream("GET", url, follow_redirects=True, timeout=_SECONDS) as response:
            response.raise_for_status()
            return _body(url, response)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise ContractError(f"cannot be fetched: {error}", document=url) from error


def _body(url: str, response: object) -> bytes:
    import httpx

    assert isinstance(response, httpx.Response)  # noqa: S101 - narrows the type only
    data = bytearray()
    for part in response.iter_bytes():
        data += part
        if len(data) > MAX_BYTES:
            raise _too_large(url)
    return bytes(data)


def _from_git(source: str) -> bytes:
    if source.startswith("-"):
        raise ContractError("a Git revision does not begin with a dash", document=source)
    import subprocess

    command = ["git", "show", "--end-of-options", source]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603 - no shell, and the revision cannot be an option
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ContractError(f"git could not be run: {error}", document=source) from error
    if done.returncode:
        reason = done.stderr.decode("utf-8", "replace").strip().removeprefix("fatal: ")
        raise ContractError(f"no such file, and git says: {reason}", document=source)
    return done.stdout


def _checked(source: str, data: bytes) -> bytes:
    if len(data) > MAX_BYTES:
        raise _too_large(source)
    return data


def _too_large(source: str) -> ContractError:
    limit = MAX_BYTES // (1024 * 1024)
    return ContractError(f"is larger than the limit of {limit} MiB", document=source)
