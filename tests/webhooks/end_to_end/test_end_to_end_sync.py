"""Keeping the tools of a registry and those at the service in sync."""

from collections.abc import Iterator

import pytest
from tests.webhooks.example_tools import Shop, registered, sync
from tests.webhooks.sandbox_calls import KEY, SECRET, create_call, tool_results
from tests.webhooks.servers import Servers

from trunkline import Pamela
from trunkline.errors import APIError
from trunkline.sandbox import Sandbox
from trunkline.webhooks import PamelaWebhook, ToolRegistry, WebhookEndpoint


@pytest.fixture
def shop() -> Iterator[Shop]:
    made = Shop()
    yield made
    made.registry.close()


def test_tools_are_kept_in_step(sandbox: Sandbox, shop: Shop) -> None:
    """Missing ones are registered, changed ones replaced, removed ones deactivated."""
    with Pamela(api_key=KEY, base_url=sandbox.pamela_url) as pamela:
        pamela.tools.register(name="stale", description="Old.", input_schema={})
        pamela.tools.register(name="order", description="Old words.", input_schema={})
    before = registered(sandbox)

    plan = sync(sandbox, shop.registry, dry_run=True)
    assert str(plan).splitlines() == [
        "register check_order_status",
        "update order (description, input_schema, output_schema, timeout_ms)",
        "deactivate stale",
    ]
    assert registered(sandbox) == before

    kept = sync(sandbox, shop.registry, prune=False)
    assert [change.action for change in kept.changes] == ["register", "update"]
    assert registered(sandbox).keys() == {"check_order_status", "order", "stale"}

    assert str(sync(sandbox, shop.registry)) == "deactivate stale"
    assert registered(sandbox) == {
        "check_order_status": "Look up an order.",
        "order": "Order something and say how many pieces.",
    }
    done = sync(sandbox, shop.registry)
    assert (str(done), done.unchanged) == ("nothing to do", ("check_order_status", "order"))


def test_tools_are_kept_in_step_without_an_event_loop(sandbox: Sandbox, shop: Shop) -> None:
    """The blocking twin does the same, for either shape of the service's list of tools."""
    sandbox.control.configure(pamela={"tool_list_style": "object"})
    with Pamela(api_key=KEY, base_url=sandbox.pamela_url) as pamela:
        dry = shop.registry.sync_blocking(pamela, dry_run=True)
        assert registered(sandbox) == {}
        assert shop.registry.sync_blocking(pamela) == dry
        assert registered(sandbox).keys() == {"check_order_status", "order"}
        assert str(shop.registry.sync_blocking(pamela)) == "nothing to do"


def test_tools_of_one_name_are_reduced_to_one(sandbox: Sandbox, shop: Shop) -> None:
    """If the service has several tools with one name, the matching one stays."""
    with Pamela(api_key=KEY, base_url=sandbox.pamela_url) as pamela:
        definition = shop.registry.tools[0].definition()
        pamela.tools.register(**{**definition, "description": "Old words."})
        pamela.tools.register(**definition)
        plan = shop.registry.sync_blocking(pamela)
        assert [change.action for change in plan.changes] == ["deactivate", "register"]
        assert str(shop.registry.sync_blocking(pamela)) == "nothing to do"


def test_interrupted_sync_goes_on_where_it_stopped(sandbox: Sandbox, shop: Shop) -> None:
    """After a failure midway and a new attempt, no tool is doubled or missing."""
    sandbox.control.fault(
        "status", status=403, provider="pamela", operation="register_tool", skip=1
    )
    with pytest.raises(APIError):
        sync(sandbox, shop.registry)
    assert registered(sandbox).keys() == {"check_order_status"}
    assert str(sync(sandbox, shop.registry)) == "register order"
    assert registered(sandbox).keys() == {"check_order_status", "order"}


@pytest.mark.parametrize("name", ["flask", "aiohttp"])
def test_changed_tool_is_asked_for_in_its_new_form(
    sandbox: Sandbox, servers: Servers, shop: Shop, name: str
) -> None:
    """After syncing a new version of the application, only its tools are called."""
    sync(sandbox, shop.registry)
    tools = ToolRegistry()

    @tools.tool(name="order")
    def order_by_number(number: int) -> int:
        """Order by the number on the menu."""
        return number

    assert [str(change) for change in sync(sandbox, tools).changes] == [
        "update order (description, input_schema, timeout_ms)",
        "deactivate check_order_status",
    ]
    newer = WebhookEndpoint(PamelaWebhook(SECRET), tools=tools)
    with servers.serve(name, newer) as port:
        call = create_call(sandbox, port)
        sandbox.control.advance(60)
    tools.close()
    results = [(one["tool_name"], one["result"]) for one in tool_results(sandbox, call)]
    assert results == [("order", 1)]
