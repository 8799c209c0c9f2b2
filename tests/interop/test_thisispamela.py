"""The vendor's own SDK against the sandbox: an independent check of the sandbox."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.interop.vendor import OURS, VENDOR, run

if TYPE_CHECKING:
    from trunkline.sandbox.server import Sandbox

PACKAGES = [(VENDOR, "1.0.1"), (VENDOR, "1.2.0"), (OURS, "")]


@pytest.mark.parametrize(("module", "version"), PACKAGES)
def test_a_call_and_a_tool_from_beginning_to_end(
    module: str, version: str, sandbox: Sandbox
) -> None:
    """Create, get, list, cancel, tools and usage return what the vendor's package expects."""
    seen = run(module, "everything", sandbox.pamela_url, version=version)
    assert seen["created"]["status"] == "queued"
    number = seen["created"]["id"]
    assert seen["got"]["id"] == number
    assert [call["id"] for call in seen["listed"]["items"]] == [number]
    assert seen["listed"]["has_more"] is False
    assert seen["cancelled"]["status"] == "cancelled"
    assert [call["id"] for call in seen["filtered"]["items"]] == [number]
    assert seen["registered"]["tool"]["timeout_ms"] == 30000
    assert [tool["id"] for tool in seen["tools"]] == [seen["registered"]["tool_id"]]
    assert seen["deleted"]["success"] is True
    assert seen["usage"]["call_count"] == 1
    assert seen["january"] == {**seen["usage"], "period": "2024-01", "call_count": 0}
    assert sandbox.control.accepted("pamela", "create_call") == 1


@pytest.mark.parametrize("module", [VENDOR, OURS])
def test_the_newest_package_hangs_up(module: str, sandbox: Sandbox) -> None:
    """Hang-up, which 1.0.1 does not have, ends a call for 1.2.0."""
    assert run(module, "hangup", sandbox.pamela_url)["status"] == "cancelled"


@pytest.mark.parametrize("module", [VENDOR, OURS])
def test_the_newest_package_reads_both_lists_of_tools(module: str, sandbox: Sandbox) -> None:
    """The object form of the list of tools is read by 1.2.0 as well."""
    sandbox.control.configure(pamela={"tool_list_style": "object"})
    seen = run(module, "everything", sandbox.pamela_url)
    assert [tool["id"] for tool in seen["tools"]] == [seen["registered"]["tool_id"]]


@pytest.mark.parametrize("style", ["detail", "nested", "flat"])
@pytest.mark.parametrize(
    ("refusal", "error", "code"),
    [
        ({"subscription_status": "canceled"}, "SubscriptionError", 1005),
        ({"partner_limit": 0}, "RateLimitError", 6002),
    ],
)
def test_refusals_become_the_vendor_s_errors(
    sandbox: Sandbox, style: str, refusal: dict[str, Any], error: str, code: int
) -> None:
    """The sandbox's error bodies raise the vendor's exception with its code and message."""
    sandbox.control.configure(pamela={"error_style": style, **refusal})
    seen = run(VENDOR, "refused", sandbox.pamela_url)
    assert (seen["error"], seen["error_code"]) == (error, code)
    assert seen["message"]
