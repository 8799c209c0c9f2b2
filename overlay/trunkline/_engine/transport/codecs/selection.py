"""The choice of an HTTP/1.1 parser: h11, or httptools (llhttp) with the extra ``fast``.

``TRUNKLINE_HTTP_CODEC`` forces one of them: ``h11`` or ``httptools``. It is read once in a process,
when the first client is made.
"""

from __future__ import annotations

import os
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from trunkline.errors import ConfigurationError

if TYPE_CHECKING:
    from trunkline._engine.transport.codecs.base import Codec

_VARIABLE: Final = "TRUNKLINE_HTTP_CODEC"


@lru_cache(maxsize=1)
def codec_class() -> type[Codec]:
    """Return the codec that connections use, chosen once.

    Raises:
        ConfigurationError: TRUNKLINE_HTTP_CODEC names no codec, or one that is not installed.
    """
    wanted = os.environ.get(_VARIABLE, "")
    if wanted not in {"", "h11", "httptools"}:
        raise ConfigurationError(f"{_VARIABLE} is {wanted!r}: use h11 or httptools")
    if wanted == "h11":
        return _h11()
    try:
        from trunkline._engine.transport.codecs.httptools import HttptoolsCodec
    except ImportError:
        if not wanted:
            return _h11()
        raise ConfigurationError(
            f"{_VARIABLE} is {wanted!r}, which cannot be imported: pip install 'trunkline[fast]'"
        ) from None
    return HttptoolsCodec


def _h11() -> type[Codec]:
    from trunkline._engine.transport.codecs.h11 import H11Codec

    return H11Codec


def new_codec() -> Codec:
    """Return the codec of a new connection."""
    return codec_class()()
