"""Find which operations reach which changed components, and in which directions.

One pass over the condensation of the reference graph (Tarjan) for each direction; the result is a
bit set with one bit for each changed component.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .edges import ERROR, RECEIVED, SENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .edges import Edges


def reached(
    edges: Edges,
    changed: Mapping[str, int],
    apart: Iterable[tuple[int, frozenset[str], frozenset[str]]] = (),
) -> dict[int, tuple[int, int, int]]:
    """Return the bits that each operation reaches: sent, received, and only with errors.

    Operations are keyed by their identity.

    Args:
        edges: the references of one document.
        changed: the bit of each changed component, by its key.
        apart: further bits, with the components through which each is reached, sent and received.
    """
    sending, receiving = _graph(edges, SENT), _graph(edges, RECEIVED)
    sent = _closure(sending, changed)
    received = dict(sent) if sending == receiving else _closure(receiving, changed)
    for bit, *ways in apart:
        for bits, keys in zip((sent, received), ways, strict=True):
            for key in keys:
                bits[key] |= bit
    return {
        number: _of_operation(found, sent, received) for number, found in edges.operations.items()
    }


def _of_operation(
    found: dict[str, int], sent: dict[str, int], received: dict[str, int]
) -> tuple[int, int, int]:
    bits = [0, 0, 0]
    for key, mask in found.items():
        if mask & SENT:
            bits[0] |= sent[key]
        if mask & RECEIVED:
            bits[1] |= received[key]
        if mask & ERROR:
            bits[2] |= received[key]
    return bits[0], bits[1], bits[2]


def _graph(edges: Edges, direction: int) -> dict[str, list[str]]:
    return {
        key: [other for other, mask in found.items() if mask & direction]
        for key, found in edges.components.items()
    }


def _closure(graph: Mapping[str, list[str]], changed: Mapping[str, int]) -> dict[str, int]:
    bits: dict[str, int] = {}
    for group in strongly_connected(graph):
        total = 0
        for key in group:
            total |= changed.get(key, 0)
            for other in graph[key]:
                total |= bits.get(other, 0)  # members of the same group have no bits yet
        for key in group:
            bits[key] = total
    return bits


def strongly_connected(graph: Mapping[str, list[str]]) -> list[list[str]]:
    """Return the strongly connected components, each after all that it refers to (Tarjan)."""
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    on_stack: set[str] = set()
    groups: list[list[str]] = []
    for root in graph:
        if root in order:
            continue
        order[root] = low[root] = len(order)
        stack.append(root)
        on_stack.add(root)
        path = [(root, iter(graph[root]))]
        while path:
            node, rest = path[-1]
            for other in rest:
                if other not in order:
                    order[other] = low[other] = len(order)
                    stack.append(other)
                    on_stack.add(other)
                    path.append((other, iter(graph[other])))
                    break
                if other in on_stack:
                    low[node] = min(low[node], order[other])
            else:
                path.pop()
                if path:
                    parent = path[-1][0]
                    low[parent] = min(low[parent], low[node])
                if low[node] == order[node]:
                    groups.append(_popped(node, stack, on_stack))
    return groups


def _popped(node: str, stack: list[str], on_stack: set[str]) -> list[str]:
    group: list[str] = []
    while True:
        other = stack.pop()
        on_stack.discard(other)
        group.append(other)
        if other == node:
            return group
