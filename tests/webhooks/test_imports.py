import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import trunkline.webhooks

OVERLAY = Path(trunkline.webhooks.__file__).parents[2]


def run(program: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(OVERLAY)}
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return done.stdout


def modules_after(statement: str) -> set[str]:
    program = (
        f"import sys; before = set(sys.modules); {statement}; print(*(set(sys.modules) - before))"
    )
    return {name.partition(".")[0] for name in run(program).split()}


VERIFIERS = "PamelaWebhook, TwilioSignature, StateSetWebhook, WhispeyWebhook, PhoneAIWebhook"


@pytest.mark.parametrize(
    "statement",
    [
        "import trunkline.webhooks",
        f"from trunkline.webhooks import {VERIFIERS}, known_events; known_events()",
        "from trunkline.webhooks import WebhookEndpoint, MemoryReplayStore, SQLiteReplayStore",
        "import trunkline.webhooks.adapters.asgi, trunkline.webhooks.adapters.wsgi",
    ],
)
def test_only_the_standard_library_is_imported(statement: str) -> None:
    """Receiving deliveries needs neither the SDK's dependencies nor any extra."""
    strangers = modules_after(statement) - set(sys.stdlib_module_names) - {"trunkline"}
    assert {name for name in strangers if not name.startswith("_")} == set()


def test_every_public_name_is_there_and_in_order() -> None:
    """The lazy names resolve, and the list is sorted and complete."""
    assert trunkline.webhooks.__all__ == sorted(trunkline.webhooks.__all__)
    for name in trunkline.webhooks.__all__:
        assert getattr(trunkline.webhooks, name) is not None
    assert set(trunkline.webhooks.__all__) <= set(dir(trunkline.webhooks))


def test_unknown_name_is_an_attribute_error() -> None:
    """A misspelt import fails as usual."""
    with pytest.raises(AttributeError, match="PamelaWebhok"):
        trunkline.webhooks.PamelaWebhok  # noqa: B018  # the access is the test
    assert (
        json.loads(run("import trunkline.webhooks as w; print(str(hasattr(w, 'x')).lower())"))
        is False
    )


def test_renamed_name_still_works_and_warns() -> None:
    """The old name gives the new class, with a warning."""
    with pytest.warns(DeprecationWarning, match="Decision is now WebhookResponse"):
        old = trunkline.webhooks.Decision  # type: ignore[attr-defined]
    assert old is trunkline.webhooks.WebhookResponse


PLAIN = """
import inspect, sys
sys.modules["redis"] = sys.modules["msgspec"] = None  # as if they were not installed
import trunkline.webhooks
from trunkline.errors import ConfigurationError
from trunkline.webhooks import *

inspect.getmembers(trunkline.webhooks)
url = "redis://127.0.0.1:1/0"
for make in (
    ToolRegistry,
    lambda: RedisReplayStore(None),
    lambda: RedisReplayStore.from_url(url),
    lambda: AsyncRedisReplayStore(None),
    lambda: AsyncRedisReplayStore.from_url(url),
):
    try:
        make()
    except ConfigurationError as error:
        print(error)
"""


def test_plain_install_has_every_name_and_says_what_is_missing_on_use() -> None:
    """Listing the names raises nothing; what needs an extra names it when built."""
    said = run(PLAIN).splitlines()
    assert ["trunkline[tools]" in one for one in said] == [True, False, False, False, False]
    assert ["trunkline[fleet]" in one for one in said] == [False, True, True, True, True]
