"""Keys and requests as digests: the ledger stores no phone numbers or texts of the caller."""

from __future__ import annotations

import base64
import hmac
import json
import os
import unicodedata
from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from trunkline.errors import ConfigurationError, InvalidArgumentError
from trunkline.ledger.errors import LedgerStoreError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["DigestKey", "checked_attempt", "checked_key", "differing_fields", "plain_marker"]

VARIABLE: Final = "TRUNKLINE_LEDGER_KEY"
_LONGEST: Final = 255
#: Bytes of the digest key: a shorter one could be guessed.
_SHORTEST_SECRET: Final = 16


def checked_key(key: object) -> str:
    """Return the caller's key in Unicode's composed form.

    Raises:
        InvalidArgumentError: it is not text of 1 to 255 characters, or has blanks around it or
            control characters in it.
    """
    if not isinstance(key, str):
        raise InvalidArgumentError(f"key must be text, not {type(key).__name__}")
    text = unicodedata.normalize("NFC", key)
    if not 1 <= len(text) <= _LONGEST:
        raise InvalidArgumentError(
            f"key must have 1 to {_LONGEST} characters, not {len(text)}: take your order's number"
        )
    if text != text.strip():
        raise InvalidArgumentError("key must not begin or end with a blank: strip it")
    if any(unicodedata.category(one) in {"Cc", "Cs"} for one in text):
        raise InvalidArgumentError(
            "key must not hold control characters or half a surrogate pair: clean it first"
        )
    return text


def checked_attempt(attempt: object) -> int:
    """Return the number of a deliberate further call of a key.

    Raises:
        InvalidArgumentError: it is not a whole number from 1 to 1000.
    """
    if isinstance(attempt, int) and not isinstance(attempt, bool) and 1 <= attempt <= 1000:
        return attempt
    raise InvalidArgumentError(f"attempt must be a whole number from 1 to 1000, not {attempt!r}")


def _full(key: str, attempt: int) -> bytes:
    # A deliberate further call has its own key; no caller's key can contain the 0 byte.
    return key.encode() if attempt == 1 else f"{key}\0{attempt}".encode()


def _text(digest: bytes) -> str:
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def plain_marker(key: str, attempt: int = 1) -> str:
    """Return the marker of a call without a ledger: a digest of the key without a secret."""
    return f"-.{_text(sha256(_full(checked_key(key), attempt)).digest()[:16])}.1"


class DigestKey:
    """Makes digests that cannot be looked up without this key.

    Args:
        secret: its bytes.
    """

    __slots__ = ("_secret",)

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def of_key(self, key: str, attempt: int = 1) -> str:
        """Return the digest of a caller's key, 22 characters."""
        return self._digest(b"key", _full(key, attempt), 16)

    def of_fields(self, fields: Mapping[str, Any]) -> str:
        """Return the digest of each argument that was given, as JSON."""
        digests = {
            name: self._digest(b"field", f"{name}={_canonical(name, value)}".encode(), 8)
            for name, value in sorted(fields.items())
            if value is not None
        }
        return json.dumps(digests, separators=(",", ":"))

    @property
    def check(self) -> str:
        """A digest that shows whether two processes have the same key."""
        return self._digest(b"check", b"", 8)

    def _digest(self, use: bytes, text: bytes, size: int) -> str:
        return _text(hmac.digest(self._secret, use + b"\0" + text, "sha256")[:size])

    def __repr__(self) -> str:
        return "DigestKey('***')"


def _canonical(name: str, value: Any) -> str:
    try:
        return json.dumps(
            value, sort_keys=True, separators=(",", ":"), default=_plain, allow_nan=False
        )
    except (TypeError, ValueError, RecursionError):
        raise InvalidArgumentError(
            f"{name} is not a JSON value, by which a call with key= is recognised: give texts, "
            "finite numbers, lists and objects"
        ) from None


def _plain(value: Any) -> Any:
    to_dict = getattr(value, "to_dict", None)
    if to_dict is None:
        raise TypeError
    return to_dict()


def differing_fields(recorded: str, wanted: str) -> tuple[str, ...]:
    """Return the names of the arguments in which two requests differ."""
    first: dict[str, str] = json.loads(recorded)
    second: dict[str, str] = json.loads(wanted)
    names = first.keys() | second.keys()
    return tuple(sorted(name for name in names if first.get(name) != second.get(name)))


def key_from_environment() -> DigestKey | None:
    """Return the key in ``TRUNKLINE_LEDGER_KEY``, None where it is not set.

    Raises:
        ConfigurationError: it is too short.
    """
    text = os.environ.get(VARIABLE)
    if not text:
        return None
    if len(text.encode()) < _SHORTEST_SECRET:
        raise ConfigurationError(
            f"{VARIABLE} must have at least {_SHORTEST_SECRET} bytes: take 32 random ones, and the "
            "same ones for every process that shares the ledger"
        )
    return DigestKey(text.encode())


def key_from_file(path: str, *, create: bool) -> DigestKey:
    """Return the key in a file beside the ledger; a new ledger gets one with mode 0600.

    Raises:
        LedgerStoreError: it is missing or damaged: without it every key would look new.
    """
    if create:
        _create(path)
    try:
        with open(path, "rb") as file:
            secret = file.read(256).strip()
    except OSError as error:
        raise LedgerStoreError(
            f"the ledger's digest key {path} cannot be read ({error.strerror}): restore it, or set "
            f"{VARIABLE}; without it every key would look new"
        ) from error
    if len(secret) < _SHORTEST_SECRET:
        raise LedgerStoreError(f"the ledger's digest key {path} is damaged: restore it")
    return DigestKey(secret)


def _create(path: str) -> None:
    # Written under another name first: of two processes one wins, and neither reads half a key.
    draft = f"{path}.{os.getpid()}"
    with suppress(FileNotFoundError):
        os.unlink(draft)
    file = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        os.write(file, base64.b64encode(os.urandom(32)))
        os.fsync(file)
    finally:
        os.close(file)
    with suppress(FileExistsError):
        os.link(draft, path)
    os.unlink(draft)
