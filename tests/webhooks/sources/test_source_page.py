"""The Flask handlers of the vendor's own page, run as published.

The page is the long description in the vendor's package: it is read from there, and only the line
that imports the vendor's package is replaced.
"""

import re
import sys
from pathlib import Path
from typing import Any

import flask
import pytest
from tests.webhooks.sandbox_calls import EVENTS, create_call, scripted, statuses, tool_results
from tests.webhooks.servers import werkzeug_port

from trunkline.sandbox import Sandbox

VERSIONS = pytest.mark.parametrize("version", ["1.0.1", "1.2.0"])
THEIRS = "from pamela import verify_webhook_signature\n"
OURS = "from trunkline.pamela import verify_webhook_signature\n"
SECRET = "your_webhook_secret"


def page_app(version: str, route: str, **names: Any) -> flask.Flask:
    """The page's application with a route; names are those that the page leaves undefined."""
    folder = Path(sys.prefix) / "interop" / version / f"thisispamela-{version}.dist-info"
    assert folder.is_dir(), f"{folder} is missing: make .venv/interop/.ready"
    page = (folder / "METADATA").read_text("utf-8")
    programs = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    (program,) = (one for one in programs if f'@app.route("{route}"' in one)
    assert program.count(THEIRS) == 1
    space: dict[str, Any] = {"__name__": "page", **names}
    exec(program.replace(THEIRS, OURS), space)
    app: flask.Flask = space["app"]
    return app


@VERSIONS
@pytest.mark.parametrize("body_style", ["compact", "unsorted", "spaced"])
def test_webhook_handler_of_the_page(
    sandbox: Sandbox, capsys: pytest.CaptureFixture[str], version: str, body_style: str
) -> None:
    """It accepts and prints every event of a call, in any bytes of the signed JSON."""
    sandbox.control.configure(pamela={"webhook_secret": SECRET, "body_style": body_style})
    with werkzeug_port(page_app(version, "/webhooks/pamela")) as port:
        call = create_call(sandbox, port, path="/webhooks/pamela")
        sandbox.control.advance(60)
        assert statuses(sandbox) == [[200]] * len(EVENTS)
    printed = [line for name in EVENTS for line in (f"Webhook event: {name}", f"Call ID: {call}")]
    assert capsys.readouterr().out.splitlines() == printed


@VERSIONS
def test_webhook_handler_of_the_page_refuses_a_forgery(
    sandbox: Sandbox, capsys: pytest.CaptureFixture[str], version: str
) -> None:
    """Nothing that is signed with another secret is printed."""
    with werkzeug_port(page_app(version, "/webhooks/pamela")) as port:
        create_call(sandbox, port, path="/webhooks/pamela")
        sandbox.control.advance(60)
        assert statuses(sandbox) == [[401]] * len(EVENTS)
    assert capsys.readouterr().out == ""


@VERSIONS
def test_tool_handler_of_the_page(sandbox: Sandbox, version: str) -> None:
    """The call's record has its result, and its response to an unknown tool."""
    asked: list[str] = []

    def check_order_status(order_id: str) -> dict[str, str]:
        asked.append(order_id)
        return {"order_id": order_id, "state": "shipped"}

    route = "/webhooks/pamela/tools"
    app = page_app(version, route, check_order_status=check_order_status)
    script = scripted(("check_order_status", {"order_id": "Größe 7"}), ("cancel_order", {}))
    sandbox.control.configure(pamela={"webhook_secret": SECRET})
    with werkzeug_port(app) as port:
        call = create_call(sandbox, port, path=route, metadata=script)
        sandbox.control.advance(60)
        assert statuses(sandbox, event="toolExecution") == [[200], [400]]
    found, unknown = tool_results(sandbox, call)
    assert asked == ["Größe 7"]
    assert found["result"] == {"order_id": "Größe 7", "state": "shipped"}
    assert unknown["error"] == {"error": "Unknown tool"}
