"""Pairs for the rules about operations, parameters, responses and the whole document."""

from __future__ import annotations

import copy
from typing import Any

from tests.contracts.compat.schema_pairs import (
    GONE,
    LATER,
    LATEST,
    OBJECT,
    TEXT,
    Pair,
    answers,
    call,
    heads,
    obj,
    sends,
    takes,
)
from tests.contracts.documents import body, document

JSON = "application/json"
FLOW = {"tokenUrl": "https://a.example/t", "scopes": {"read": "", "write": ""}}
CODE = {**FLOW, "authorizationUrl": "https://a.example/a"}
KEY = {"type": "apiKey", "in": "header", "name": "X-Key"}


def _whole(schemes: dict[str, Any] | None = None, **rest: Any) -> dict[str, Any]:
    """A document in which every operation has its own `security`."""
    paths = {"/a": {"post": {"responses": {}, "security": []}}}
    return document(paths, components={"securitySchemes": schemes or {}}, **rest)


def _secured(*scopes: str, top: bool = False) -> dict[str, Any]:
    security = [{"login": list(scopes)}]
    where = _whole({"login": oauth()}) if top else call()
    where["components"]["securitySchemes"] = {"login": oauth()}
    target = where if top else where["paths"]["/a"]["post"]
    target["security"] = security
    return where


def _open(*, top: bool = False) -> dict[str, Any]:
    found = _secured(top=top)
    (found if top else found["paths"]["/a"]["post"]).pop("security")
    return found


def oauth(**flow: Any) -> dict[str, Any]:
    return {"type": "oauth2", "flows": {"authorizationCode": {**CODE, **flow}}}


def _two(**operation: Any) -> dict[str, Any]:
    """A path with a second operation, which is kept."""
    found = call(**operation)
    found["paths"]["/a"]["get"] = {"responses": {}}
    return found


def _rest() -> dict[str, Any]:
    found = _two()
    del found["paths"]["/a"]["post"]
    return found


def _none() -> dict[str, Any]:
    found = call()
    found["paths"] = {}
    return found


def _shared(parameter: dict[str, Any] | None) -> dict[str, Any]:
    found = call()
    found["paths"]["/a"]["parameters"] = [parameter] if parameter else []
    return found


def _path(name: str | None) -> dict[str, Any]:
    return call(parameters=[_parameter("path", name, required=True)] if name else [])


def _parameter(place: str = "query", name: str = "n", **rest: Any) -> dict[str, Any]:
    return {"name": name, "in": place, "schema": TEXT, **rest}


def _media(*names: str, way: str = "sent", **media: Any) -> dict[str, Any]:
    content = {name: copy.deepcopy(media or {"schema": TEXT}) for name in names}
    if way == "sent":
        return call(requestBody={"content": content})
    return call(responses={"200": {"description": "", "content": content}})


def _status(*names: str) -> dict[str, Any]:
    return call(responses={name: {"description": ""} for name in names})


def _version(number: str) -> dict[str, Any]:
    found = call()
    found["info"]["version"] = number
    return found


def _scheme(scheme: dict[str, Any] | None) -> dict[str, Any]:
    return _whole({"login": scheme} if scheme else {})


def _schemas(*names: str) -> dict[str, Any]:
    return document(components={"schemas": dict.fromkeys(names, OBJECT)})


def _hook(*names: str) -> dict[str, Any]:
    return document(webhooks={name: {"post": {"responses": {}}} for name in names})


def _write_only(*required: str, **properties: Any) -> dict[str, Any]:
    marked = {name: {**TEXT, **each, "writeOnly": True} for name, each in properties.items()}
    return answers(obj(*required, **marked))


DEPRECATED = {"deprecated": True}
SUNSET = {**DEPRECATED, "x-sunset": LATER}
LATE = {**DEPRECATED, "x-sunset": LATEST}
DEFAULT = {"schema": {**TEXT, "default": "x"}}
PAIRS: dict[str, Pair] = {
    "api-invalid-stability-level": (call(), call(**{"x-stability-level": "good"})),
    "api-operation-id-added": (call(), call(operationId="a")),
    "api-operation-id-removed": (call(operationId="a"), call()),
    "api-path-removed-before-sunset": (call(**SUNSET), _none()),
    "api-path-removed-with-deprecation": (call(**DEPRECATED, **{"x-sunset": GONE}), _none()),
    "api-path-removed-without-deprecation": (call(), _none()),
    "api-path-sunset-parse": (call(**SUNSET), call(**DEPRECATED, **{"x-sunset": "soon"})),
    "api-removed-before-sunset": (_two(**SUNSET), _rest()),
    "api-removed-with-deprecation": (_two(**DEPRECATED, **{"x-sunset": GONE}), _rest()),
    "api-removed-without-deprecation": (_two(), _rest()),
    "api-stability-decreased": (
        call(**{"x-stability-level": "stable"}),
        call(**{"x-stability-level": "beta"}),
    ),
    "api-stability-increased": (
        call(**{"x-stability-level": "beta"}),
        call(**{"x-stability-level": "stable"}),
    ),
    "api-sunset-date-changed-too-small": (call(**LATE), call(**SUNSET)),
    "endpoint-added": (_rest(), _two()),
    "endpoint-deprecated": (call(), call(**DEPRECATED)),
    "endpoint-deprecated-with-sunset": (call(), call(**SUNSET)),
    "endpoint-reactivated": (call(**DEPRECATED), call()),
    "sunset-deleted": (call(**SUNSET), call(**DEPRECATED)),
    "new-optional-request-default-parameter-to-existing-path": (
        _shared(None),
        _shared(_parameter()),
    ),
    "new-optional-request-parameter": (call(), takes(TEXT)),
    "new-request-path-parameter": (_path(None), _path("n")),
    "new-required-request-default-parameter-to-existing-path": (
        _shared(None),
        _shared(_parameter(required=True)),
    ),
    "new-required-request-header-property": (
        takes(obj(), "header"),
        takes(obj("a", a=TEXT), "header"),
    ),
    "new-required-request-parameter": (call(), takes(TEXT, required=True)),
    "request-header-property-became-enum": (
        takes(obj(a=TEXT), "header"),
        takes(obj(a={**TEXT, "enum": ["x"]}), "header"),
    ),
    "request-header-property-became-required": (
        takes(obj(a=TEXT), "header"),
        takes(obj("a", a=TEXT), "header"),
    ),
    "request-parameter-became-optional": (takes(TEXT, required=True), takes(TEXT)),
    "request-parameter-became-required": (takes(TEXT), takes(TEXT, required=True)),
    "request-parameter-deprecated": (takes(TEXT), takes(TEXT, **DEPRECATED)),
    "request-parameter-reactivated": (takes(TEXT, **DEPRECATED), takes(TEXT)),
    "request-parameter-removed": (takes(TEXT), call()),
    "request-parameter-removed-before-sunset": (takes(TEXT, **SUNSET), call()),
    "request-parameter-removed-with-deprecation": (
        takes(TEXT, **DEPRECATED, **{"x-sunset": GONE}),
        call(),
    ),
    "request-parameter-sunset-date-changed-too-small": (takes(TEXT, **LATE), takes(TEXT, **SUNSET)),
    "request-parameter-sunset-deleted": (takes(TEXT, **SUNSET), takes(TEXT, **DEPRECATED)),
    "request-parameter-sunset-parse": (
        takes(TEXT, **SUNSET),
        takes(TEXT, **DEPRECATED, **{"x-sunset": "soon"}),
    ),
    "request-body-added-optional": (call(), sends(TEXT)),
    "request-body-added-required": (call(), call(requestBody={**body(TEXT), "required": True})),
    "request-body-removed": (sends(TEXT), call()),
    "request-body-became-optional": (
        call(requestBody={**body(TEXT), "required": True}),
        sends(TEXT),
    ),
    "request-body-became-required": (
        sends(TEXT),
        call(requestBody={**body(TEXT), "required": True}),
    ),
    "request-body-media-type-added": (_media(JSON), _media(JSON, "text/plain")),
    "request-body-media-type-removed": (_media(JSON, "text/plain"), _media(JSON)),
    "request-body-media-type-schema-added": (
        _media(JSON, example=1),
        _media(JSON, example=1, schema=TEXT),
    ),
    "request-body-media-type-schema-removed": (
        _media(JSON, example=1, schema=TEXT),
        _media(JSON, example=1),
    ),
    "response-body-media-type-schema-added": (
        _media(JSON, way="", example=1),
        _media(JSON, way="", example=1, schema=TEXT),
    ),
    "response-body-media-type-schema-removed": (
        _media(JSON, way="", example=1, schema=TEXT),
        _media(JSON, way="", example=1),
    ),
    "response-media-type-added": (_media(JSON, way=""), _media(JSON, "text/plain", way="")),
    "response-media-type-removed": (_media(JSON, "text/plain", way=""), _media(JSON, way="")),
    "response-media-type-name-changed": (
        _media(f"{JSON}; charset=utf-8", way=""),
        _media(f"{JSON}; charset=utf-16", way=""),
    ),
    "response-mediatype-enum-value-removed": (
        answers({**TEXT, "enum": ["a", "b"]}),
        answers({**TEXT, "enum": ["a"]}),
    ),
    "response-non-success-status-added": (_status("200"), _status("200", "404")),
    "response-non-success-status-removed": (_status("200", "404"), _status("200")),
    "response-success-status-added": (_status("200"), _status("200", "202")),
    "response-success-status-removed": (_status("200", "202"), _status("200")),
    "optional-response-header-removed": (heads(TEXT), _status("200")),
    "required-response-header-removed": (heads(TEXT, required=True), _status("200")),
    "response-header-added": (_status("200"), heads(TEXT)),
    "response-header-became-optional": (heads(TEXT, required=True), heads(TEXT)),
    "new-optional-request-property": (sends(obj()), sends(obj(a=TEXT))),
    "new-required-request-property": (sends(obj()), sends(obj("a", a=TEXT))),
    "new-required-request-property-with-default": (
        sends(obj()),
        sends(obj("a", a={**TEXT, "default": "x"})),
    ),
    "response-optional-property-added": (answers(obj()), answers(obj(a=TEXT))),
    "response-optional-property-removed": (answers(obj(a=TEXT)), answers(obj())),
    "response-required-property-added": (answers(obj()), answers(obj("a", a=TEXT))),
    "response-required-property-removed": (answers(obj("a", a=TEXT)), answers(obj())),
    "response-optional-write-only-property-added": (answers(obj()), _write_only(a={})),
    "response-optional-write-only-property-removed": (_write_only(a={}), answers(obj())),
    "response-required-write-only-property-added": (answers(obj()), _write_only("a", a={})),
    "response-required-write-only-property-removed": (_write_only("a", a={}), answers(obj())),
    "response-write-only-property-became-optional": (_write_only("a", a={}), _write_only(a={})),
    "response-write-only-property-became-required": (_write_only(a={}), _write_only("a", a={})),
    "response-write-only-property-enum-value-added": (
        _write_only(a={"enum": ["x"]}),
        _write_only(a={"enum": ["x", "y"]}),
    ),
    "api-schema-removed": (_schemas("A", "B"), _schemas("A")),
    "webhook-added": (_hook(), _hook("x")),
    "webhook-removed": (_hook("x"), _hook()),
    "api-global-security-added": (_open(top=True), _secured(top=True)),
    "api-global-security-removed": (_secured(top=True), _open(top=True)),
    "api-global-security-scope-added": (
        _secured("read", top=True),
        _secured("read", "write", top=True),
    ),
    "api-global-security-scope-removed": (
        _secured("read", "write", top=True),
        _secured("read", top=True),
    ),
    "api-security-added": (_open(), _secured()),
    "api-security-removed": (_secured(), _open()),
    "api-security-scope-added": (_secured("read"), _secured("read", "write")),
    "api-security-scope-removed": (_secured("read", "write"), _secured("read")),
    "api-security-component-added": (_scheme(None), _scheme(KEY)),
    "api-security-component-removed": (_scheme(KEY), _scheme(None)),
    "api-security-component-type-changed": (
        _scheme(KEY),
        _scheme({"type": "http", "scheme": "bearer"}),
    ),
    "api-security-component-oauth-scope-added": (
        _scheme(oauth(scopes={"read": ""})),
        _scheme(oauth()),
    ),
    "api-security-component-oauth-scope-removed": (
        _scheme(oauth()),
        _scheme(oauth(scopes={"read": ""})),
    ),
    "api-security-component-oauth-token-url-changed": (
        _scheme(oauth()),
        _scheme(oauth(tokenUrl="https://b.example/t")),
    ),
    "api-security-component-oauth-url-changed": (
        _scheme(oauth()),
        _scheme(oauth(authorizationUrl="https://b.example/a")),
    ),
    "api-tag-added": (call(), call(tags=["x"])),
    "api-tag-removed": (call(tags=["x"]), call()),
    "api-version-decreased": (_version("2.1.0"), _version("2.0.0")),
}
