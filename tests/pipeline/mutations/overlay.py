"""Changes of the overlay's source: a pattern and its replacement."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from .mutation import Mutation, always

if TYPE_CHECKING:
    from collections.abc import Iterator

_OVERLAY: Final = Path("overlay", "trunkline")
#: Kind, files, pattern, replacement.
_TEXTS: Final = (
    ("mark dropped", "*/_async/*.py", r"    @operation\([^)]*\)\n(?=    (?:async )?def)", ""),
    ("bound edited", "*/_async/*.py", r'(bounded_int\("\w+", \w+, \d+)', r"\g<1>7"),
    ("id unchecked", "*/_async/*.py", r'= identifier\("\w+", (\w+)\)', r"= \1"),
    ("enum unchecked", "*/_async/*.py", r'enum_member\("\w+", (\w+), \w+\)', r"\1"),
    ("argument dropped", "*/_async/*.py", r"\n        (?!extra|key|self)\w+: [^\n]*= None,", ""),
    (
        "argument added",
        "*/_async/*.py",
        r"(\n        \w+: str \| None = None,)",
        r"\1\n        x_new: str | None = None,",
    ),
    (
        "argument's type",
        "*/_async/*.py",
        r"(\n        \w+): str \| None = None,",
        r"\1: bytes | None = None,",
    ),
    (
        "value swapped",
        "*/_async/*.py",
        r"\n            (\w+)=\1,\n            (\w+)=\2,",
        r"\n            \1=\2,\n            \2=\1,",
    ),
    ("value dropped", "*/_async/*.py", r"\n            (\w+)=\1,", ""),
    (
        "docstring's argument",
        "*/_async/*.py",
        r"\n            (?!extra)([a-z]\w*): (?=[a-z])",
        r"\n            x_\1: ",
    ),
    ("docstring's operation", "*/_async/*.py", r"\(operation ``\w+``", "(operation ``other``"),
    ("list's key", "*/_async/*.py", r'ListBody\((\w+), "\w+"', r'ListBody(\1, "x_items"'),
    (
        "result's type",
        "*/_async/*.py",
        r"\) -> (?!bool|str|None)(\w+):\n        \"\"\"",
        ') -> int:\n        """',
    ),
    ("result unwrapped", "*/_async/*.py", r"unwrap\((\w+), (\w+), ", r"unwrap(\1, \2Response, "),
    ("export dropped", "*/__init__.py", r'\n    "[A-Z]\w+",(?=\n)', ""),
    ("retry key", "*/_provider.py", r'"(\w+)": (replace|RetryRule)\(', r'"x_\1": \2('),
    ("base url", "*/_provider.py", r'base_url="https://', 'base_url="https://x.'),
    (
        "paging fact",
        "*/_provider.py",
        r'paging\.get\("(total|limit|has_more|next_offset)"\)',
        r'paging.get("x_\1")',
    ),
    ("user token", "*/_provider.py", r'            "(\w+)",\n', ""),
    ("key header", "*/_provider.py", r'key_header="', 'key_header="x-'),
    (
        "event's field",
        "webhooks/events/*.py",
        r"\n    (\w+): (str|int|float|bool|datetime)( \| None)?( = None)?\n",
        r"\n    x_\1: \2\3\4\n",
    ),
    ("event's name", "webhooks/events/*.py", r'= "([\w.]+)"\n', r'= "x.\1"\n'),
    ("event unlisted", "webhooks/events/*.py", r'\n    "[A-Z]\w+",', ""),
    ("handler dropped", "sandbox/providers/**/*.py", r'\n            "\w+": self\.\w+,', ""),
    (
        "handler's name",
        "sandbox/providers/**/*.py",
        r'\n            "(\w+)": self\.',
        r'\n            "x_\1": self.',
    ),
    ("argument needed", "*/_async/*.py", r"(\n        (?!key)\w+: [^\n]*) \| None = None,", r"\1,"),
    ("argument eased", "*/_async/*.py", r"(\n        \w+: str),", r"\1 | None = None,"),
    ("default given", "*/_async/*.py", r"(\n        \w+: int \| None) = None,", r"\1 = 10,"),
    (
        "converter dropped",
        "*/_async/*.py",
        r'(?:day_or_moment|phone_number)\("\w+", (\w+)[^()]*\)',
        r"\1",
    ),
    ("extra not sent", "*/_async/*.py", r"_raw_with\(extra\)", "_raw_with({})"),
    (
        "property dropped",
        "*/_async/client.py",
        r"(\n    @property\n    def )(?!raw)(\w+)",
        r"\1x_\2",
    ),
    (
        "other call",
        "*/_async/*.py",
        r"await (?:get|cancel)_call\.asyncio\(",
        "await hangup_call.asyncio(",
    ),
    (
        "docstring's entry",
        "*/_async/*.py",
        r"\n            (?!extra)[a-z]\w*: (?=[a-z])[^\n]*(?=\n            \w+: )",
        "",
    ),
    (
        "typed field dropped",
        "pamela/_requests.py",
        r"\n    \w+: (?:str|NotRequired\[[^\n]*|JsonObject)(?=\n)",
        "",
    ),
    ("retry idempotent", "*/_provider.py", r"idempotent=False", "idempotent=True"),
    (
        "retry status",
        "*/_provider.py",
        r"retryable_statuses=frozenset\(\{429",
        "retryable_statuses=frozenset({429, 503",
    ),
    ("retry rule", "*/_provider.py", r"\n            NON_IDEMPOTENT,", "\n            IDEMPOTENT,"),
    ("rate raised", "*/_provider.py", r"Rate\((\d+)", r"Rate(\g<1>0"),
    ("environment", "*/_provider.py", r'env="(\w+)"', r'env="X_\1"'),
    ("key prefix", "*/_provider.py", r'key_prefix=""', 'key_prefix="Token "'),
    ("export's home", "*/__init__.py", r'(\n    "\w+": "\.)_async', r"\1_sync"),
    ("event's type", "webhooks/events/*.py", r"(\n    \w+): int(?=\n)", r"\1: str"),
    ("sandbox's status", "sandbox/providers/**/*.py", r"json_response\(20\d", "json_response(206"),
    (
        "sandbox's field",
        "sandbox/providers/**/handlers.py",
        r'"(data|items|success|total|status|id)": ',
        r'"x_\1": ',
    ),
)


def overlay_mutations(root: Path) -> Iterator[Mutation]:
    """Yield changes of the overlay's source."""
    for kind, files, pattern, replacement in _TEXTS:
        for path in sorted((root / _OVERLAY).glob(files)):
            text = path.read_text(encoding="utf-8")
            for match in re.finditer(pattern, text):
                new = text[: match.start()] + match.expand(replacement) + text[match.end() :]
                line = text.count("\n", 0, match.start() + 1) + 1
                place = f"{path.relative_to(root / _OVERLAY)}:{line}"
                yield Mutation(kind, place, path.relative_to(root).as_posix(), always(new))
