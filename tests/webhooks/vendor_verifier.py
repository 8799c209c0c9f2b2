"""Runs the vendor's own verifier over lines of JSON; needs its package on the path.

Each line has a payload (or a text), a signature and a secret; each output line has the result and
the signature that the vendor's code computed, captured at its call of ``hmac.new``.
"""

import hmac
import json
import sys
from typing import Any

import pamela  # type: ignore[import-not-found]  # the vendor's, importable in this process only

computed = ""
genuine = hmac.new


def seen(*args: Any, **kwargs: Any) -> hmac.HMAC:
    global computed  # noqa: PLW0603 - a program of one function
    digest = genuine(*args, **kwargs)
    computed = digest.hexdigest()
    return digest


def main() -> None:
    hmac.new = seen
    for line in sys.stdin:
        case = json.loads(line)
        subject = case["text"] if "text" in case else case["payload"]
        verdict = pamela.verify_webhook_signature(subject, case["signature"], case["secret"])
        print(json.dumps({"verdict": verdict, "signature": computed}))  # noqa: T201 - its output


if __name__ == "__main__":
    main()
