"""Find the call sites that one edit hits."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from trunkline.contracts.impact.inference.modules import ClassInfo
from trunkline.contracts.impact.matching.questions import Question, questions
from trunkline.contracts.impact.matching.takers import Takers
from trunkline.contracts.model import CallSite, Confidence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from trunkline.contracts.impact.client.location import Location
    from trunkline.contracts.impact.client.overlay import Overlay
    from trunkline.contracts.impact.client.package import Endpoint
    from trunkline.contracts.impact.facts.model import Argument, Branch, Call, Span
    from trunkline.contracts.impact.matching.index import Index
    from trunkline.contracts.model import Finding

__all__ = ["Matcher"]

CERTAIN = Confidence.CERTAIN
POSSIBLE = Confidence.POSSIBLE


class Matcher:
    """Answers questions about a consumer's code.

    Args:
        index: facts of the code.
        overlay: what the overlay's functions reach.
        resources: functions of the overlay, and of the client, by the last two names of a call.
        line_of: returns a line of a file.
    """

    def __init__(
        self,
        index: Index,
        overlay: Overlay,
        resources: dict[str, set[str]],
        line_of: Callable[[str, int], str],
    ) -> None:
        self.index = index
        self.overlay = overlay
        self._takers = Takers(overlay)
        self.resources = resources
        self.line_of = line_of

    def sites(
        self, finding: Finding, location: Location, renamed: Iterable[str] = ()
    ) -> tuple[CallSite, ...]:
        """Return the call sites that a finding hits, in order of file and line.

        Args:
            finding: the edit.
            location: the client code that it concerns.
            renamed: modules that the new client does not have under their name.
        """
        found: dict[tuple[str, int, int], CallSite] = {}
        answers = [self._answer(each, finding, location) for each in questions(finding)]
        for site in chain(*answers, self._uses(renamed)):
            key = (site.file, site.line, site.column)
            before = found.get(key)
            if before is None or (before.confidence, site.confidence) == (POSSIBLE, CERTAIN):
                found[key] = site
        return tuple(found[key] for key in sorted(found))

    def _uses(self, modules: Iterable[str]) -> Iterator[CallSite]:
        """Yield the code that names a removed or renamed module, or something in it."""
        for module in modules:
            reason = f"names {module}, which the new client does not have"
            for target in self.index.targets_in(module):
                for file, each in self.index.references.get(target, ()):
                    yield self._site(file, each, each.span, reason)
                for file, call in self.index.calls.get(target, ()):
                    if not call.store:
                        yield self._site(file, call, call.span, reason)

    def _answer(
        self, question: Question, finding: Finding, location: Location
    ) -> Iterator[CallSite]:
        if location.endpoints and not location.attributes:
            yield from self._calls(location.endpoints, f"calls {finding.edit.unit}")
        elif question is Question.READS:
            yield from self._reads(location, finding)
        elif question is Question.PASSES:
            yield from self._passes(location, lambda argument: (argument.sure, ""))
        elif question is Question.VALUES:
            yield from self._passes(location, lambda argument: _is_value(argument, finding))
        elif question is Question.OMITS:
            yield from self._omits(location)
        elif question is Question.BRANCHES:
            yield from self._branches(location, finding)
        elif question is Question.MEMBERS:
            yield from self._members(location, finding)

    def _calls(self, endpoints: Iterable[Endpoint], reason: str) -> Iterator[CallSite]:
        for endpoint in endpoints:
            functions = set(endpoint.functions)
            reaching = self.overlay.reaching([*functions, endpoint.module])
            name = endpoint.module.rpartition(".")[2]
            for target in sorted(functions | reaching):
                for file, call in self.index.calls.get(target, ()):
                    yield self._site(file, call, call.span, reason, via=_via(target, name))
                for file, each in self.index.references.get(target, ()):
                    yield self._site(file, each, each.span, reason, via=_via(target, name))
            for file, each in self.index.references.get(endpoint.module, ()):
                yield self._site(file, each, each.span, f"imports {name}")
            yield from self._unknown_calls(functions | reaching, reason)

    def _unknown_calls(self, targets: set[str], reason: str) -> Iterator[CallSite]:
        for name, symbols in self.resources.items():
            if symbols & targets:
                for file, call in self.index.calls.get(f"?.{name}", ()):
                    yield self._site(file, call, call.span, reason, POSSIBLE)

    def _reads(self, location: Location, finding: Finding) -> Iterator[CallSite]:
        what = finding.rule.replace("-", " ")
        # The class is also used for results of other operations, which have not changed.
        sure = POSSIBLE if location.shared else CERTAIN
        for each in location.attributes:
            reason = f"reads {_class(each.owner)}.{each.name or each.wire}: {what}"
            if each.name is not None:
                for file, read in self.index.reads.get((each.owner, each.name, False), ()):
                    yield self._site(file, read, read.span, reason, sure, each.name)
                for file, read in self.index.reads.get(("", each.name, False), ()):
                    reason = f"reads an attribute {each.name} of an unknown object"
                    yield self._site(file, read, read.span, reason, POSSIBLE, each.name)
            for file, read in self.index.reads.get((each.owner, each.wire, True), ()):
                yield self._site(file, read, read.span, reason, sure, each.wire)

    def _passes(
        self, location: Location, test: Callable[[Argument], tuple[bool | None, str]]
    ) -> Iterator[CallSite]:
        for targets, names, label in self._takers.of(location):
            for target in sorted(targets):
                for file, call in self.index.calls.get(target, ()):
                    yield from self._passing(file, call, names(target, call), label, test)
            for name, symbols in self.resources.items():
                if symbols & targets:
                    for file, call in self.index.calls.get(f"?.{name}", ()):
                        known = {n for symbol in symbols & targets for n in names(symbol, call)}
                        yield from self._passing(file, call, known, label, test, POSSIBLE)

    def _passing(
        self,
        file: str,
        call: Call,
        names: set[str],
        label: str,
        test: Callable[[Argument], tuple[bool | None, str]],
        confidence: Confidence = CERTAIN,
    ) -> Iterator[CallSite]:
        for name in sorted(names & call.arguments.keys()):
            argument = call.arguments[name]
            sure, reason = test(argument)
            if sure is not None:
                sure_confidence = confidence if sure else POSSIBLE
                yield self._site(
                    file, call, argument.span, reason or f"passes {label}", sure_confidence, name
                )
        if names and not call.complete and not call.store and not names & call.arguments.keys():
            reason = f"may pass {label} among further arguments"
            yield self._site(file, call, call.span, reason, POSSIBLE)

    def _omits(self, location: Location) -> Iterator[CallSite]:
        for each in location.parameters:
            functions = set(each.endpoint.functions)
            reaching = self.overlay.reaching([*functions, each.endpoint.module])
            targets, names, _ = self._takers.of_parameter(each)
            passing = [(function, each.name or "") for function in functions]
            for target in sorted(functions | reaching | targets):
                if not self._takers.are_always_given(target, passing):
                    yield from self._omitting(target, names, each.wire, each.endpoint.module)
        for attribute in location.attributes:
            targets, names, label = self._takers.of_attribute(attribute)
            reaching = self.overlay.reaching([attribute.owner])
            name = attribute.name or attribute.wire
            for target in sorted({attribute.owner} | reaching | targets):
                if not self._takers.are_always_given(target, [(attribute.owner, name)]):
                    yield from self._omitting(target, names, label, attribute.owner, name)

    def _omitting(
        self,
        target: str,
        names: Callable[[str, Call], set[str]],
        label: str,
        owner: str,
        field: str = "",
    ) -> Iterator[CallSite]:
        for file, call in self.index.calls.get(target, ()):
            if call.store:
                continue
            wanted = names(target, call)
            given = wanted & call.arguments.keys()
            if any(call.arguments[name].sure for name in given):
                continue
            set_later = (file, call.function, owner, field) in self.index.stores
            sure = call.complete and not given and not set_later
            yield self._site(
                file, call, call.span, f"leaves out {label}", CERTAIN if sure else POSSIBLE
            )

    def _branches(self, location: Location, finding: Finding) -> Iterator[CallSite]:
        value = finding.edit.after
        keys = [*location.classes, *(f"{a.owner}.{a.name}" for a in location.attributes)]
        for key in keys:
            for file, branch in self.index.branches.get(key, ()):
                if branch.default == "handled" or _handles(branch, value):
                    continue
                confidence = CERTAIN if branch.default == "none" else POSSIBLE
                reason = f"has no branch for {value!r}" if value is not None else "has no default"
                yield self._site(file, branch, branch.span, reason, confidence, _class(key))

    def _members(self, location: Location, finding: Finding) -> Iterator[CallSite]:
        value = finding.edit.before
        for enum in location.classes:
            found = self.overlay.world.symbol(enum)
            names = found.constants(value) if isinstance(found, ClassInfo) else []
            for target in [*(f"{enum}.{name}" for name in names), f"{enum}({value!r})"]:
                reason = f"names {_class(target)}, which the new client does not have"
                for file, each in self.index.references.get(target, ()):
                    yield self._site(file, each, each.span, reason)

    def _site(
        self,
        file: str,
        fact: Any,
        span: Span,
        reason: str,
        confidence: Confidence = CERTAIN,
        symbol: str = "",
        via: tuple[str, ...] = (),
    ) -> CallSite:
        target = getattr(fact, "target", "")
        confidence = confidence if getattr(fact, "sure", True) else POSSIBLE
        return CallSite(
            file=file,
            line=span.line,
            column=span.column,
            code=self.line_of(file, span.line),
            symbol=symbol or target.rpartition("::")[2] or target,
            confidence=confidence,
            reason=reason,
            end_line=span.end_line,
            end_column=span.end_column,
            via=via,
            function=fact.function,
        )


def _is_value(argument: Argument, finding: Finding) -> tuple[bool | None, str]:
    value = finding.edit.before
    if not argument.constant:
        return False, f"may pass {value!r}"
    same = argument.value == value or str(argument.value).lower() == str(value).lower()
    return (True, f"passes {value!r}") if same and argument.value is not None else (None, "")


def _handles(branch: Branch, value: Any) -> bool:
    return value is not None and any(str(v).lower() == str(value).lower() for v in branch.values)


def _class(symbol: str) -> str:
    return symbol.rpartition("::")[2]


def _via(target: str, name: str) -> tuple[str, ...]:
    own = target.rpartition("::")[2]
    return (name,) if "." not in own else (own, name)
