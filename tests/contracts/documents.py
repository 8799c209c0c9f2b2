"""Small documents to compare: a schema, parameter or response in each possible position."""

from __future__ import annotations

from typing import Any

from trunkline import contracts
from trunkline.contracts import Direction, Finding, Level, Report

JSON = "application/json"


def document(
    paths: dict[str, Any] | None = None, *, version: str = "3.1.0", **rest: Any
) -> dict[str, Any]:
    info = {"title": "Calls", "version": "1"}
    return {"openapi": version, "info": info, "paths": paths or {}, **rest}


def body(schema: Any) -> dict[str, Any]:
    return {"content": {JSON: {"schema": schema}}}


def sent(schema: Any, **rest: Any) -> dict[str, Any]:
    return document({"/calls": {"post": {"requestBody": body(schema), "responses": {}}}}, **rest)


def received(schema: Any, **rest: Any) -> dict[str, Any]:
    response = {"description": "", **body(schema)}
    return document({"/calls": {"get": {"responses": {"200": response}}}}, **rest)


def failed(schema: Any, **rest: Any) -> dict[str, Any]:
    response = {"description": "", **body(schema)}
    return document({"/calls": {"get": {"responses": {"404": response}}}}, **rest)


def hook_sends(schema: Any, **rest: Any) -> dict[str, Any]:
    """A webhook: its request is received by the client."""
    operation = {"requestBody": body(schema), "responses": {}}
    return document(webhooks={"ended": {"post": operation}}, **rest)


def hook_response(schema: Any, **rest: Any) -> dict[str, Any]:
    """A webhook's response: the client sends it."""
    operation = {"responses": {"200": {"description": "", **body(schema)}}}
    return document(webhooks={"ended": {"post": operation}}, **rest)


def callback_sends(schema: Any, **rest: Any) -> dict[str, Any]:
    operation = {"requestBody": body(schema), "responses": {}}
    callbacks = {"ended": {"{$request.body#/url}": {"post": operation}}}
    return document({"/calls": {"post": {"responses": {}, "callbacks": callbacks}}}, **rest)


def compare(old: dict[str, Any], new: dict[str, Any], **options: Any) -> Report:
    first, second = contracts.load(old, name="old.json"), contracts.load(new, name="new.json")
    return contracts.diff(first, second, **options)


def found(report: Report, kind: str) -> list[Finding]:
    return [finding for finding in report.findings if finding.rule == kind]


def levels(report: Report, kind: str) -> dict[Direction, Level]:
    return {
        verdict.direction: verdict.level
        for finding in found(report, kind)
        for verdict in finding.verdicts
    }


def wire(report: Report) -> set[tuple[str, str, str]]:
    """Each operation's findings above the documentation level: kind, level and operation."""
    return {
        (finding.rule, verdict.level.label, f"{operation.name} {operation.direction}")
        for finding in report.findings
        for verdict in finding.verdicts
        for operation in finding.operations
        if verdict.level > Level.DOC and operation.direction is verdict.direction
    }
