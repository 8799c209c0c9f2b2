"""For each rule of the check, an edit of the repository that it must report."""

from __future__ import annotations

import re
from typing import NamedTuple

from tests.pipeline.trees import SNAPSHOTS
from tests.request_bodies import contract

OVERLAY = "overlay/trunkline"
STATESET = f"{OVERLAY}/stateset_voice"
WHISPEY = f"{OVERLAY}/whispey"
PAMELA = f"{OVERLAY}/pamela"
EVENTS = f"{OVERLAY}/webhooks/events"
SANDBOX = f"{OVERLAY}/sandbox/providers"
CONTRACTS = "api-contracts"
_OPERATIONS = {
    str(each).replace("/api/b2b/v1", ""): each for each in contract("pamela")[1].values()
}
#: The vendor's ids of Pamela's operations, and the generator's modules.
PAMELA_IDS = {route: each.operation_id for route, each in _OPERATIONS.items()}
PAMELA_MODULES = {route: each.key[1] for route, each in _OPERATIONS.items()}


class Break(NamedTuple):
    """A text in a file and its replacement, with the rules that must report it.

    The text may be a pattern that matches both JSON and YAML.
    """

    rules: str
    file: str
    old: str | re.Pattern[str]
    new: str


#: They do not overlap, so one run of the check reports them all.
BREAKS = [
    Break(
        "argument/missing",
        f"{CONTRACTS}/whispey.yaml",
        "operationId: listAgents\n",
        "operationId: listAgents\n      parameters:\n"
        "        - {name: page, in: query, schema: {type: string}}\n",
    ),
    Break(
        "argument/unknown docstring/argument",
        f"{STATESET}/_async/lists.py",
        "        agent_key: str | None = None,\n",
        "        agent_key: str | None = None,\n        colour: str | None = None,\n",
    ),
    Break(
        "argument/required argument/default",
        f"{WHISPEY}/_async/webhooks.py",
        "        url: str,\n",
        '        url: str = "https://a.example",\n',
    ),
    Break(
        "argument/optional",
        f"{WHISPEY}/_async/exports.py",
        "include_metrics: bool | None = None",
        "include_metrics: bool | None",
    ),
    Break(
        "argument/type",
        f"{STATESET}/_async/lists.py",
        "stream_id: str | None = None",
        "stream_id: int | None = None",
    ),
    Break(
        "argument/enum",
        f"{WHISPEY}/_async/calls.py",
        "status: CallStatusFilterValue | CallStatusFilter | None",
        "status: str | None",
    ),
    Break(
        "argument/bound argument/unchecked",
        f"{WHISPEY}/_async/calls.py",
        '"limit", limit, 1, 100',
        '"limit", limit, 1, 500',
    ),
    Break("argument/nested", f"{PAMELA}/_requests.py", "    tool_webhook_url: str\n", ""),
    Break("argument/nested", f"{PAMELA}/_requests.py", "    name: str\n", ""),
    Break(
        "declaration/unused",
        f"{PAMELA}/_async/calls.py",
        re.compile(r'own=\(\s*"status",'),
        'own=("status", "gone",',
    ),
    Break(
        "declaration/unused",
        f"{SANDBOX}/whispey/ingest.py",
        '{"sendCallLog": frozenset({',
        '{"sendLog": frozenset({"id"}), "sendCallLog": frozenset({',
    ),
    Break(
        "docstring/operation",
        f"{WHISPEY}/_async/calls.py",
        "(operation ``listCalls``)",
        "(operation ``getCalls``)",
    ),
    Break(
        "docstring/default",
        SNAPSHOTS["pamela"],
        re.compile(r'(?m)^( *)("?)minimum"?: 1(,?)$(?=\n *"?maximum"?: 100)'),
        r"\g<0>\n\1\2default\2: 20\3",
    ),
    Break(
        "docstring/values",
        f"{PAMELA}/_async/calls.py",
        "``male``, ``female``",
        "``man``, ``female``",
    ),
    Break(
        "docstring/deprecated",
        SNAPSHOTS["pamela"],
        re.compile(
            rf'(?m)^( *)("?)operationId"?: "?{PAMELA_IDS["DELETE /tools/{tool_id}"]}"?(,?)$'
        ),
        r"\g<0>\n\1\2deprecated\2: true\3",
    ),
    Break(
        "operation/missing",
        f"{PAMELA}/_async/tools.py",
        f"    @operation({PAMELA_MODULES['GET /tools']})\n",
        "",
    ),
    Break(
        "operation/gone operation/missing",
        SNAPSHOTS["phone-ai"],
        "update_agent",
        "change_agent",
    ),
    Break(
        "operation/unreachable",
        f"{PAMELA}/_async/client.py",
        "    def usage(self)",
        "    def _usage(self)",
    ),
    Break(
        "operation/other response/refused",
        f"{PAMELA}/_async/calls.py",
        f"await {PAMELA_MODULES['POST /calls/{call_id}/cancel']}.asyncio(",
        f"await {PAMELA_MODULES['GET /calls/{call_id}']}.asyncio(",
    ),
    Break(
        "operation/media-type",
        f"{CONTRACTS}/stateset-voice-public.json",
        '"application/x-www-form-urlencoded"',
        '"multipart/form-data"',
    ),
    Break(
        "import/gone",
        f"{PAMELA}/_async/calls.py",
        "models.tool_input import ToolInput",
        "models.tool_input import ToolGone as ToolInput",
    ),
    Break(
        "response/type", f"{STATESET}/_async/health.py", "Options]) -> bool:", "Options]) -> str:"
    ),
    Break(
        "response/envelope",
        f"{STATESET}/_async/lists.py",
        '(VoiceSessionList, "data"',
        '(VoiceSessionList, "items"',
    ),
    Break("response/paging", f"{WHISPEY}/_provider.py", 'get("total")', 'get("totals")'),
    Break(
        "response/closed-enum",
        "generated/trunkline_generated/whispey/models/call_status.py",
        "from ..types import OpenEnum",
        "from enum import StrEnum as OpenEnum",
    ),
    Break(
        "forwarder/other",
        f"{STATESET}/_async/client.py",
        "            to=to,\n            from_=from_,",
        "            to=from_,\n            from_=to,",
    ),
    Break(
        "forwarder/missing forwarder/ignored",
        f"{STATESET}/_async/client.py",
        "            org_id=org_id,\n",
        "",
    ),
    Break(
        "forwarder/unknown",
        f"{STATESET}/_async/client.py",
        "            key=key,\n",
        "            key=key,\n            colour=key,\n",
    ),
    Break(
        "forwarder/declaration",
        f"{STATESET}/_async/client.py",
        "greeting: str | None = None",
        'greeting: str | None = ""',
    ),
    Break(
        "retry/unknown-operation",
        f"{STATESET}/_provider.py",
        '"make_call": RetryRule(',
        '"makeCall": RetryRule(',
    ),
    Break(
        "security/unknown-operation security/other",
        f"{PAMELA}/_provider.py",
        f'            "{PAMELA_IDS["GET /partner/subscription"]}",\n',
        '            "getSubscription",\n',
    ),
    Break("server/other", f"{WHISPEY}/_provider.py", "https://api.whispey.ai", "https://a.example"),
    Break("argument/refused", f"{CONTRACTS}/whispey.yaml", "[1d, 7d,", "[1d, 2d, 7d,"),
    Break(
        "argument/wire",
        f"{STATESET}/_async/calls.py",
        "            api_version=api_version,",
        "            api_version=direction,",
    ),
    Break(
        "argument/unchecked",
        f"{WHISPEY}/_async/calls.py",
        'call_id = identifier("call_id", call_id)',
        "call_id = call_id",
    ),
    Break(
        "extra/refused",
        f"{WHISPEY}/_async/agents.py",
        "def list(self, **extra: Unpack[ExtraOptions])",
        "def list(self, extra: ExtraOptions = {})",
    ),
    Break(
        "extra/wire",
        f"{WHISPEY}/_async/agents.py",
        "agent_id, client=self._raw_with(extra)",
        "agent_id, client=self._raw_with({})",
    ),
    Break(
        "event/missing event/gone event/name",
        f"{EVENTS}/whispey.py",
        '= "cost.alert"',
        '= "cost"',
    ),
    Break(
        "event/mark",
        f"{EVENTS}/pamela.py",
        "@dataclass(frozen=True, slots=True, kw_only=True)\nclass CallQueued(CallEvent):",
        "removed_webhook: Any = lambda event_type: event_type\n\n\n@removed_webhook\n"
        "@dataclass(frozen=True, slots=True, kw_only=True)\nclass CallQueued(CallEvent):",
    ),
    Break("event/class", f"{EVENTS}/pamela.py", 'if "tool_name" in fields', 'if "tool" in fields'),
    Break("event/list", f"{EVENTS}/stateset.py", '    "SessionEvaluated",\n', ""),
    Break("export/list", f"{OVERLAY}/campaigns/__init__.py", '    "Feeder",\n', ""),
    Break(
        "event/field event/unknown-field",
        f"{EVENTS}/stateset.py",
        "    duration_seconds: int",
        "    seconds: int",
    ),
    Break("event/type", f"{EVENTS}/stateset.py", "    escalated: bool", "    escalated: str"),
    Break(
        "sandbox/unknown-operation sandbox/no-handler",
        f"{SANDBOX}/stateset/handlers.py",
        '"health_ready": self',
        '"healthReady": self',
    ),
    Break(
        "sandbox/failed",
        f"{SANDBOX}/stateset/handlers.py",
        "return json_response(200, payload)",
        "raise KeyError(payload)",
    ),
    Break(
        "sandbox/response",
        f"{SANDBOX}/stateset/handlers.py",
        '"limit": limit, "offset": offset}',
        '"limit": limit, "offset": offset, "colour": 1}',
    ),
    Break(
        "sandbox/unseen",
        f"{SANDBOX}/pamela/calls.py",
        '            "billed_minutes": call.billed_minutes,\n',
        "",
    ),
    Break(
        "sandbox/event",
        f"{SANDBOX}/stateset/events.py",
        '            "created_at": format',
        '            "made_at": format',
    ),
    Break("docs/missing", "docs/models.md", "::: trunkline.whispey.Export\n", ""),
    Break("docs/gone", "docs/reference.md", "::: trunkline.RawResponse\n", "::: trunkline.Rawer\n"),
    Break(
        "docs/argument",
        "docs/pamela.md",
        'task="Order a large pizza for delivery",',
        'duty="Order a large pizza for delivery",',
    ),
    Break(
        "docs/method", "docs/pamela.md", "| `POST /tools` | `ToolReg", "| `PUT /tools` | `ToolReg"
    ),
    Break(
        "released/operation released/field released/method released/request",
        "api-contracts/released.json",
        '"whispey_ingest": {',
        '"whispey_ingest": {"gone": {}, "sendCallLog": {"method": "put", "request": '
        '{"json colour": "string"}, "fields": {"/colour": "string"}}},\n "other": {',
    ),
    Break(
        "released/signature", f"{PAMELA}/_async/calls.py", "timeout: float = 600.0", "within: float"
    ),
    Break("released/provider", f"{WHISPEY}/_provider.py", "Rate(1000, ", "Rate(2000, "),
    Break(
        "contract/evidence",
        f"{CONTRACTS}/whispey.yaml",
        "      x-evidence: [page]\n",
        "      x-evidence: [hearsay]\n",
    ),
    Break(
        "contract/described",
        f"{CONTRACTS}/whispey.yaml",
        "      description: One agent with its figures in `metrics`.\n",
        "",
    ),
    Break("provider/missing import/failed", f"{OVERLAY}/phone_ai/_provider.py", "", ""),
]

#: Rules about whole files, broken in tests/pipeline/test_check.py and its neighbours.
WHOLE_FILES = {
    "derived/changed",
    "derived/missing",
    "derived/outside",
    "derived/stray",
    "generator/warning",
    "input/unreadable",
    "pin/changed",
    "pin/fact",
    "pin/unlisted",
}
