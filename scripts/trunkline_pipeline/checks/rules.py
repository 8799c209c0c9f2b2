"""Every rule of the check, with its level and its remedy."""

from __future__ import annotations

from typing import Final, NamedTuple


class Rule(NamedTuple):
    """A rule of the check.

    Attributes:
        summary: what is true if there is no finding.
        remedy: what to do about a finding.
        level: ``error`` or ``warning``; both fail the check.
    """

    summary: str
    remedy: str
    level: str = "error"


_OVERLAY: Final = "change the method; what differs on purpose is declared at its mark"
_DOCSTRING: Final = "correct the docstring"
_GENERATE: Final = "make generate"
_DOCS: Final = "correct the page"
_SANDBOX: Final = "correct the sandbox's provider"
_RETRY: Final = "use the operationId, or take the rule out"
_RELEASED: Final = "say it in CHANGELOG.md, then make released"

RULES: Final[dict[str, Rule]] = {
    "argument/missing": Rule("Every field of an operation has an argument.", _OVERLAY),
    "argument/unknown": Rule("Every argument is a field of the operation.", _OVERLAY),
    "argument/required": Rule("What the contract requires has no default.", _OVERLAY),
    "argument/optional": Rule("What the contract does not require has a default.", _OVERLAY),
    "argument/default": Rule("Nothing is sent unasked.", _OVERLAY),
    "argument/type": Rule("An annotation takes what the schema takes.", _OVERLAY),
    "argument/enum": Rule("The enumeration is the one of the schema.", _OVERLAY),
    "argument/bound": Rule("Bounds are those of the contract.", _OVERLAY),
    "argument/nested": Rule("A TypedDict has the fields of the object.", _OVERLAY),
    "declaration/unused": Rule("What a mark declares is needed.", "take it out of the mark"),
    "docstring/operation": Rule("A docstring names its operation.", _DOCSTRING),
    "docstring/argument": Rule("A docstring describes each argument.", _DOCSTRING),
    "docstring/default": Rule("A docstring names the contract's default.", _DOCSTRING),
    "docstring/values": Rule("A docstring names the values of an enum.", _DOCSTRING),
    "docstring/deprecated": Rule("A docstring says what is deprecated.", _DOCSTRING),
    "operation/missing": Rule("Every operation has a method.", "write the method"),
    "operation/gone": Rule("Every mark names an operation.", "remove or rename the method's mark"),
    "import/gone": Rule("Imports of generated code lead somewhere.", "import what there is now"),
    "import/failed": Rule("Every module can be read and imported.", "repair the module"),
    "response/type": Rule("A method returns what the contract has.", _OVERLAY),
    "response/envelope": Rule("A list is read from the member that holds it.", "name the member"),
    "forwarder/missing": Rule("A forwarder hands every argument on.", "hand it on"),
    "forwarder/unknown": Rule("A forwarder gives what is taken.", "leave it out"),
    "forwarder/other": Rule("A forwarder does not mix up arguments.", "give the argument itself"),
    "forwarder/ignored": Rule("A forwarder ignores no argument.", "hand it on"),
    "forwarder/declaration": Rule("A forwarder is declared as its target.", "copy the target's"),
    "provider/missing": Rule("Every provider describes its API.", "write _provider.py"),
    "retry/unknown-operation": Rule("Retry rules name operations.", _RETRY),
    "security/unknown-operation": Rule("Credentials are of operations.", "use the operationId"),
    "server/other": Rule("Contract, patch and provider have one server.", "say which is right"),
    "docs/missing": Rule("The pages have every model, resource and method.", _DOCS),
    "docs/gone": Rule("The pages name what there is.", _DOCS),
    "docs/argument": Rule("Examples give arguments that there are.", _DOCS),
    "docs/method": Rule("Tables of methods are right.", _DOCS),
    "event/missing": Rule("Every webhook has a class.", "write the event class"),
    "event/gone": Rule("Every event class is of a webhook.", "mark it as removed, or take it out"),
    "event/mark": Rule("Only removed webhooks are marked so.", "take the mark away"),
    "event/name": Rule("An event has one name.", "write the same name in all places"),
    "event/class": Rule("EVENTS gives each name to its class.", "correct the table"),
    "event/list": Rule("Event classes are listed everywhere.", "add the class"),
    "export/list": Rule("What a package loads is in __all__.", "add the name"),
    "sandbox/unknown-operation": Rule("Handlers are of operations.", "use the operationId"),
    "operation/unreachable": Rule("A client leads to every marked method.", "add the attribute"),
    "operation/other": Rule("A method calls its own operation.", "call the operation of the mark"),
    "operation/media-type": Rule("The body has the contract's form.", _OVERLAY),
    "argument/refused": Rule("What the contract allows is sent.", _OVERLAY),
    "argument/unchecked": Rule("What the contract forbids is refused.", "check the argument"),
    "argument/wire": Rule("Each value arrives where the contract wants it.", _OVERLAY),
    "extra/refused": Rule("Methods take the extra arguments.", _OVERLAY),
    "extra/wire": Rule("Methods send the extra arguments.", _OVERLAY),
    "response/refused": Rule("Documented responses are read.", _OVERLAY),
    "response/closed-enum": Rule("Responses with unknown values are read.", _OVERLAY),
    "response/paging": Rule("Lists read what pages say.", "correct the page reader"),
    "security/other": Rule("Each operation gets its scheme's credential.", "correct the provider"),
    "event/field": Rule("Event classes have every field.", "add the field"),
    "event/type": Rule("Event classes read fields as they are.", "correct the field's type"),
    "event/unknown-field": Rule("Fields of events are in the payload.", "remove the field"),
    "pin/changed": Rule("Pins hold.", "make repin (if it was changed on purpose)"),
    "pin/unlisted": Rule("contracts.toml names every file.", "name it there, or remove it"),
    "pin/fact": Rule("contracts.toml is right.", "correct it, or the contract"),
    "input/unreadable": Rule("Every input can be read.", "correct the file"),
    "generator/warning": Rule("The generator takes everything.", "patch what it cannot read"),
    "derived/changed": Rule("Derived files are up to date.", _GENERATE),
    "derived/missing": Rule("Derived files are there.", _GENERATE),
    "derived/stray": Rule("Folders of derived files hold nothing else.", _GENERATE),
    "derived/outside": Rule("generated/ holds what is generated.", "remove it"),
    "sandbox/no-handler": Rule("The sandbox carries every operation out.", "write a handler"),
    "sandbox/failed": Rule("A valid request succeeds in the sandbox.", _SANDBOX),
    "sandbox/response": Rule("The sandbox's responses are the contract's.", _SANDBOX),
    "sandbox/unseen": Rule("The sandbox shows every released field.", _SANDBOX),
    "sandbox/event": Rule("The sandbox's events are the contract's.", _SANDBOX),
    "released/operation": Rule("Operations of the last release are there.", _RELEASED),
    "released/method": Rule("Operations keep their HTTP method.", _RELEASED),
    "released/request": Rule("Requests are as they were.", _RELEASED),
    "released/signature": Rule("Arguments and results are as they were.", _RELEASED),
    "released/provider": Rule("Requests are sent as they were.", _RELEASED),
    "contract/evidence": Rule("A reconstructed contract has evidence.", "say where it comes from"),
    "contract/described": Rule("A reconstructed contract describes operations.", "describe it"),
    "released/field": Rule("Responses keep their fields and types.", _RELEASED),
}
