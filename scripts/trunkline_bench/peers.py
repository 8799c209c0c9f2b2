"""Other SDKs in their normal use on the same server: one small call, or one list.

Each factory imports its package; one that is not installed is skipped.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from .fixtures import PHONE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Case = Callable[[], Any]

CALL: Final = {"to": PHONE, "from": PHONE, "agent_key": "support_primary"}
CALL_PATH: Final = "/api/v1/make-call"
AUTH: Final = {"Authorization": "Bearer sk_test_0123456789abcdef"}
#: A key for the peers' own servers, which are never called.
KEY: Final = "sk_test_0123456789abcdef"


def httpx2_post(base: str) -> Case:
    """Return httpx2's POST, which parses the JSON."""
    client = import_module("httpx2").Client(base_url=base, headers=AUTH)
    return lambda: client.post(CALL_PATH, json=CALL).json()


def pamela_call(base: str) -> Case:
    client = import_module("pamela").PamelaClient(KEY, base)
    return lambda: client.create_call(to=PHONE, task="Order a pizza")


def pamela_list(base: str) -> Case:
    """Return thisispamela's list, which is untyped."""
    client = import_module("pamela").PamelaClient(KEY, base)
    return lambda: client.list_calls(limit=100)


def openai_chat(base: str) -> Case:
    client = import_module("openai").OpenAI(api_key=KEY, base_url=f"{base}/v1")
    messages = [{"role": "user", "content": "hi"}]
    return lambda: client.chat.completions.create(model="m", messages=messages)


def stripe_customer(base: str) -> Case:
    client = import_module("stripe").StripeClient(KEY, base_addresses={"api": base})
    params = {"email": "a@example.com", "metadata": {"k": "v"}}
    return lambda: client.v1.customers.create(params=params)


def githubkit_rate(base: str) -> Case:
    """Return githubkit's rate limit, inside its context manager, as its guide requires."""
    client = import_module("githubkit").GitHub("t", base_url=f"{base}/", http_cache=False)
    client.__enter__()
    return lambda: client.rest.rate_limit.get().json()


SMALL: Final = {
    "httpx2": httpx2_post,
    "thisispamela": pamela_call,
    "openai": openai_chat,
    "stripe": stripe_customer,
    "githubkit": githubkit_rate,
}

#: The code that makes a ready client of each peer.
READY: Final = {
    "httpx": "import httpx; c = httpx.Client()",
    "httpx2": "import httpx2; c = httpx2.Client()",
    "thisispamela": "from pamela import PamelaClient; c = PamelaClient('x')",
    "stripe": "import stripe; c = stripe.StripeClient('sk_test_x').v1.customers",
    "openai": "from openai import OpenAI; c = OpenAI(api_key='x').chat.completions",
    "githubkit": "from githubkit import GitHub; g = GitHub('x'); c = g.rest.rate_limit",
}


def build(
    factories: Mapping[str, Callable[[str], Case]], base: str, skipped: dict[str, str]
) -> dict[str, Case]:
    """Return the cases whose package is installed; record the others as skipped."""
    cases: dict[str, Case] = {}
    for name, factory in factories.items():
        try:
            cases[name] = factory(base)
        except ImportError as error:
            skipped[name] = f"not installed ({error.name})"
    return cases
