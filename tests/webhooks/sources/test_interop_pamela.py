"""Our verifier against the vendor's own package, on random payloads, both ways."""

import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from trunkline.webhooks import PamelaWebhook, canonical_json

COUNT = 600
SECRET = "whsec_ключ-🔑"
ALPHABET = "abcXYZ 0123,:\"\\/\n\t\x00\x7f\u00e9\u2028\uff5e\u6771\U0001f600<>&'"


def random_value(chance: random.Random, depth: int) -> Any:
    kinds = ("text", "text", "number", "number", "constant", "list", "object")
    match chance.choice(kinds[: 5 if depth > 3 else 7]):
        case "text":
            return random_text(chance)
        case "number":
            return random_number(chance)
        case "list":
            return [random_value(chance, depth + 1) for _ in range(chance.randrange(4))]
        case "object":
            return random_object(chance, depth + 1)
        case _:
            return chance.choice((None, True, False))


def random_text(chance: random.Random) -> str:
    return "".join(chance.choices(ALPHABET, k=chance.randrange(9)))


def random_number(chance: random.Random) -> float:
    return chance.choice(
        (
            chance.randrange(-10, 10),
            float(chance.randrange(-10, 10)),
            chance.random() * 10 ** chance.randrange(-20, 20),
            chance.getrandbits(chance.randrange(1, 300)),
            -0.0,
            1e400,
        )
    )


def random_object(chance: random.Random, depth: int = 0) -> dict[str, Any]:
    return {random_text(chance): random_value(chance, depth) for _ in range(chance.randrange(6))}


def ask_vendor(version: str, cases: list[dict[str, Any]]) -> list[dict[str, Any]]:
    folder = Path(sys.prefix) / "interop" / version
    assert folder.is_dir(), f"{folder} is missing: make .venv/interop/.ready"
    done = subprocess.run(
        [sys.executable, str(Path(__file__).parents[1] / "vendor_verifier.py")],
        env={**os.environ, "PYTHONPATH": str(folder)},
        input="".join(json.dumps(case) + "\n" for case in cases),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


PAYLOADS = [random_object(random.Random(seed)) for seed in range(COUNT)]
VERSIONS = pytest.mark.parametrize(("version", "spaced"), [("1.0.1", True), ("1.2.0", False)])


@VERSIONS
def test_parsed_payloads_agree_with_the_vendor(version: str, spaced: bool) -> None:  # noqa: FBT001 - a column
    """The vendor accepts what we sign in its form; we accept what it signs in the right mode."""
    ours = PamelaWebhook(SECRET, accept_legacy_spaced=spaced)
    cases = [
        {
            "payload": payload,
            "secret": SECRET,
            "signature": ours.sign(canonical_json(payload, spaced=spaced)),
        }
        for payload in PAYLOADS
    ]
    answers = ask_vendor(version, cases)
    assert len(answers) == COUNT
    for payload, answer in zip(PAYLOADS, answers, strict=True):
        assert answer["verdict"] is True
        ours.verify_payload(payload, answer["signature"])
        for body in (json.dumps(payload), json.dumps(payload, indent=1, ensure_ascii=False)):
            ours.verify(body.encode(), {"X-Pamela-Signature": answer["signature"]})


@VERSIONS
def test_texts_agree_with_the_vendor(version: str, spaced: bool) -> None:  # noqa: FBT001 - a column
    """Both sign a body that is given as text unchanged, whatever its form."""
    ours = PamelaWebhook(SECRET)
    texts = [json.dumps(payload, ensure_ascii=spaced) for payload in PAYLOADS]
    cases = [
        {"text": text, "secret": SECRET, "signature": ours.sign(text.encode())} for text in texts
    ]
    for text, answer in zip(texts, ask_vendor(version, cases), strict=True):
        assert answer["verdict"] is True
        ours.verify(text.encode(), {"X-Pamela-Signature": answer["signature"]})


@VERSIONS
def test_both_refuse_what_was_changed(version: str, spaced: bool) -> None:  # noqa: FBT001 - a column
    """With one more field, or another secret, neither side accepts."""
    ours = PamelaWebhook(SECRET, accept_legacy_spaced=spaced)
    signatures = [ours.sign(canonical_json(payload, spaced=spaced)) for payload in PAYLOADS]
    changed = [{**payload, "one more field": None} for payload in PAYLOADS]
    cases = [
        {"payload": payload, "secret": SECRET, "signature": signature}
        for payload, signature in zip(changed, signatures, strict=True)
    ]
    assert not any(answer["verdict"] for answer in ask_vendor(version, cases))
    for payload, signature in zip(changed, signatures, strict=True):
        with pytest.raises(ValueError, match="bad_signature"):
            ours.verify_payload(payload, signature)
