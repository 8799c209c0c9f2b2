"""Check that each operation sends the credential of its security scheme."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from .requests import attempt, values_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from trunkline_pipeline.checks.findings import Finding

    from .clients import Probe


def check(probes: Iterable[Probe]) -> Iterator[Finding]:
    """Yield methods that send a different credential than the others with their scheme."""
    sent: dict[tuple[str, str], list[tuple[Probe, str]]] = defaultdict(list)
    without: dict[tuple[str, str], list[Probe]] = defaultdict(list)
    for probe in probes:
        for scheme in probe.operation.schemes(probe.document):
            header, prefix = _header_of(scheme, probe.document)
            found, key = _header(probe, header), (probe.operation.key[0], scheme)
            if found is None or not found.startswith(prefix):
                without[key].append(probe)
            else:
                sent[key].append((probe, found))
    for key, missing in without.items():
        # If no method sends it, the client is at fault: report it once.
        yield from _lacking(key[1], missing, say_once=key not in sent)
    yield from _differing(sent)


def _lacking(scheme: str, missing: list[Probe], *, say_once: bool) -> Iterator[Finding]:
    header, _ = _header_of(scheme, missing[0].document)
    text = f"no credential of the scheme {scheme} is in the header {header}"
    if say_once and len(missing) > 1:
        text += f", here and in {len(missing) - 1} other methods"
    for probe in missing[:1] if say_once else missing:
        yield probe.finding("security/other", text)


def _differing(sent: Mapping[tuple[str, str], list[tuple[Probe, str]]]) -> Iterator[Finding]:
    owners: dict[str, tuple[str, str]] = {}
    for key, pairs in sent.items():
        usual = Counter(value for _, value in pairs).most_common(1)[0][0]
        for probe, value in pairs:
            if value != usual:
                text = f"it sends another credential than the others with the scheme {key[1]}"
                yield probe.finding("security/other", text)
        other = owners.setdefault(f"{key[0]} {usual}", key)
        if other != key:
            text = f"the schemes {other[1]} and {key[1]} get the same credential"
            yield pairs[0][0].finding("security/other", text)


def _header_of(scheme: str, document: Mapping[str, Any]) -> tuple[str, str]:
    found = document.get("components", {}).get("securitySchemes", {}).get(scheme, {})
    if found.get("type") == "apiKey":
        return str(found.get("name", "")), ""
    return "Authorization", str(found.get("scheme", "bearer")).capitalize() + " "


def _header(probe: Probe, name: str) -> str | None:
    """Return a header of a request with all arguments, also a signature outside the contract."""
    own = {n: "probe" for n in probe.method.declared.get("own") or () if n == "signature"}
    probe.recorder.reset()
    attempt(probe, {**values_of(probe), **own})
    requests = probe.recorder.requests
    return requests[0].headers.get(name) if requests else None
