"""For every kind of edit outside schemas: an example, and the level in each direction."""

from __future__ import annotations

from typing import Any, NamedTuple

from tests.contracts.documents import JSON, document, received

B, W, N, D = "breaking", "warning", "info", "doc"
TEXT = {"type": "string"}


class Case(NamedTuple):
    kind: str
    old: dict[str, Any]
    new: dict[str, Any]
    levels: dict[str, str]
    label: str = ""


def call(**operation: Any) -> dict[str, Any]:
    return document({"/calls/{id}": {"post": {"responses": {}, **operation}}})


def hook(**operation: Any) -> dict[str, Any]:
    return document(webhooks={"ended": {"post": {"responses": {}, **operation}}})


def named(method: str, *, section: str = "paths") -> dict[str, Any]:
    item = {method: {"operationId": "x", "responses": {}}}
    return {**document(), section: {"/a": item}}


def param(name: str = "page", place: str = "query", **rest: Any) -> dict[str, Any]:
    return call(parameters=[{"name": name, "in": place, "schema": TEXT, **rest}])


def hook_param(name: str = "X-Id", **rest: Any) -> dict[str, Any]:
    return hook(parameters=[{"name": name, "in": "header", "schema": TEXT, **rest}])


def respond(*statuses: str, **rest: Any) -> dict[str, Any]:
    return call(responses={status: {"description": "", **rest} for status in statuses})


def hook_respond(*statuses: str, **rest: Any) -> dict[str, Any]:
    return hook(responses={status: {"description": "", **rest} for status in statuses})


def media(*names: str, schema: Any = TEXT, **rest: Any) -> dict[str, Any]:
    item = {**({"schema": schema} if schema else {}), **rest}
    return call(requestBody={"content": dict.fromkeys(names, item)})


def response(*names: str, schema: Any = TEXT) -> dict[str, Any]:
    return respond("200", content=dict.fromkeys(names, {"schema": schema} if schema else {}))


def secured(*items: dict[str, list[str]], top: bool = False) -> dict[str, Any]:
    security = list(items)
    return {**call(), "security": security} if top else call(security=security)


def scheme(**rest: Any) -> dict[str, Any]:
    return {**secured({"key": []}), "components": {"securitySchemes": {"key": rest}}}


def oauth(flows: dict[str, Any]) -> dict[str, Any]:
    return scheme(type="oauth2", flows=flows)


def served(*urls: str, **rest: Any) -> dict[str, Any]:
    return {**call(), "servers": [{"url": url, **rest} for url in urls]}


def schemas(**components: Any) -> dict[str, Any]:
    return document({}, components={"schemas": components})


S, R = "sent", "received"
BOTH = {S: N, R: N}
OLD, PAST, SOON = {"deprecated": True}, {"x-sunset": "2020-01-01"}, {"x-sunset": "2099-01-01"}
NONE = document()
NO_BODY, BODY = call(), call(requestBody={"content": {JSON: {"schema": TEXT}}})
MUST = call(requestBody={"required": True, "content": {JSON: {"schema": TEXT}}})
HOOK_BODY = hook(requestBody={"content": {JSON: {"schema": TEXT}}})
HOOK_MUST = hook(requestBody={"required": True, "content": {JSON: {"schema": TEXT}}})
HEAD = {"headers": {"X-Id": {"schema": TEXT}}}
MUST_HEAD = {"headers": {"X-Id": {"schema": TEXT, "required": True}}}
FLOW = {"tokenUrl": "https://a/t", "scopes": {"read": ""}}
CALLBACK = call(callbacks={"done": {"{$url}": {"post": {"responses": {}}}}})

OPERATIONS = [
    Case("operation-added", NONE, call(), {S: N}),
    Case("operation-removed", call(), NONE, {S: B}),
    Case("operation-removed", call(**OLD, **PAST), NONE, {S: W}, "past its sunset"),
    Case("operation-removed", call(**OLD, **SOON), NONE, {S: B}, "before its sunset"),
    Case("operation-removed", call(**OLD), NONE, {S: B}, "without a sunset"),
    Case("webhook-added", NONE, hook(), {R: N}),
    Case("webhook-removed", hook(), NONE, {R: B}),
    Case("webhook-removed", hook(**OLD, **PAST), NONE, {R: W}, "past its sunset"),
    Case("callback-added", call(), CALLBACK, {R: N}),
    Case("callback-removed", CALLBACK, call(), {R: B}),
    Case(
        "path-changed",
        document({"/a": {"get": {"operationId": "x", "responses": {}}}}),
        document({"/b": {"get": {"operationId": "x", "responses": {}}}}),
        {S: B},
    ),
    Case("method-changed", named("post"), named("put"), {S: B}),
    Case(
        "method-changed",
        named("post", section="webhooks"),
        named("put", section="webhooks"),
        {R: B},
        "of a webhook",
    ),
    Case("operation-id-changed", call(operationId="a"), call(operationId="b"), {S: N}),
    Case("operation-id-added", call(), call(operationId="b"), {S: N}),
    Case("operation-id-removed", call(operationId="a"), call(), {S: N}),
    Case("tag-added", call(), call(tags=["a"]), {S: D}),
    Case("tag-removed", call(tags=["a"]), call(), {S: D}),
    Case("deprecated", call(), call(**OLD), {S: N}),
    Case("sunset-moved-closer", call(**OLD, **SOON), call(**OLD, **PAST), {S: B}, "to the past"),
    Case(
        "path-parameter-renamed",
        document(
            {"/a/{x}": {"get": {"parameters": [{"name": "x", "in": "path"}], "responses": {}}}}
        ),
        document(
            {"/a/{y}": {"get": {"parameters": [{"name": "y", "in": "path"}], "responses": {}}}}
        ),
        {S: N},
    ),
]
PARAMETERS = [
    Case("parameter-added", call(), param(), {S: N}),
    Case("parameter-added", call(), param(required=True), {S: B}, "required"),
    Case(
        "parameter-added",
        call(),
        param(required=True, schema={"default": 1}),
        {S: B},
        "required with default",
    ),
    Case("parameter-added", call(), param("id", "path", required=True), {S: B}, "path"),
    Case("parameter-added", hook(), hook_param(required=True), {R: N}, "of a webhook"),
    Case("parameter-removed", param(), call(), {S: W}),
    Case("parameter-removed", param(**OLD), call(), {S: N}, "deprecated"),
    Case("parameter-removed", param(**OLD, **PAST), call(), {S: N}, "deprecated with a sunset"),
    Case("parameter-removed", hook_param(), hook(), {R: W}, "of a webhook"),
    Case("parameter-moved", param(place="query"), param(place="header"), {S: B}),
    Case("parameter-became-required", param(), param(required=True), {S: B}),
    Case(
        "parameter-became-required", hook_param(), hook_param(required=True), {R: N}, "of a webhook"
    ),
    Case("parameter-became-optional", param(required=True), param(), {S: N}),
    Case(
        "parameter-became-optional", hook_param(required=True), hook_param(), {R: B}, "of a webhook"
    ),
    Case(
        "serialization-changed", param(style="form"), param(style="pipeDelimited"), {S: B}, "style"
    ),
    Case("serialization-changed", param(), param(explode=False), {S: B}, "explode"),
    Case("serialization-changed", param(), param(allowReserved=True), {S: B}, "allowReserved"),
    Case("serialization-changed", hook_param(), hook_param(explode=True), {R: B}, "of a webhook"),
]
BODIES = [
    Case("request-body-added", NO_BODY, BODY, {S: N}),
    Case("request-body-added", NO_BODY, MUST, {S: B}, "required"),
    Case("request-body-added", hook(), HOOK_MUST, {R: N}, "of a webhook"),
    Case("request-body-removed", BODY, NO_BODY, {S: B}),
    Case("request-body-removed", HOOK_BODY, hook(), {R: B}, "of a webhook"),
    Case("request-body-became-required", BODY, MUST, {S: B}),
    Case("request-body-became-required", HOOK_BODY, HOOK_MUST, {R: N}, "of a webhook"),
    Case("request-body-became-optional", MUST, BODY, {S: N}),
    Case("request-body-became-optional", HOOK_MUST, HOOK_BODY, {R: B}, "of a webhook"),
    Case("media-type-added", media(JSON), media(JSON, "a/b"), {S: N}),
    Case("media-type-removed", media(JSON, "a/b"), media(JSON), {S: B}),
    Case("media-type-added", response(JSON), response(JSON, "a/b"), {R: N}, "of a response"),
    Case("media-type-removed", response(JSON, "a/b"), response(JSON), {R: B}, "of a response"),
    Case(
        "media-type-parameters-changed", response(JSON), response(f"{JSON}; charset=utf-8"), {R: N}
    ),
    Case("media-type-schema-added", media(JSON, schema=None), media(JSON), {S: B}),
    Case("media-type-schema-removed", media(JSON), media(JSON, schema=None), {S: N}),
    Case(
        "media-type-schema-removed",
        response(JSON),
        response(JSON, schema=None),
        {R: W},
        "of a response",
    ),
    Case("encoding-changed", media("a/b"), media("a/b", encoding={"x": {"style": "form"}}), {S: B}),
]
RESPONSES = [
    Case("response-added", respond("200"), respond("200", "202"), {R: W}),
    Case("response-added", respond("200"), respond("200", "404"), {R: N}, "error"),
    Case("response-added", hook_respond("200"), hook_respond("200", "202"), {S: N}, "of a webhook"),
    Case("response-removed", respond("200", "202"), respond("200"), {R: B}),
    Case("response-removed", respond("200", "404"), respond("200"), {R: N}, "error"),
    Case(
        "response-removed", hook_respond("200", "202"), hook_respond("200"), {S: B}, "of a webhook"
    ),
    Case("header-added", respond("200"), respond("200", **HEAD), {R: N}),
    Case("header-removed", respond("200", **HEAD), respond("200"), {R: W}),
    Case("header-removed", respond("200", **MUST_HEAD), respond("200"), {R: B}, "required"),
    Case(
        "header-removed", hook_respond("200", **HEAD), hook_respond("200"), {S: W}, "of a webhook"
    ),
    Case("header-became-required", respond("200", **HEAD), respond("200", **MUST_HEAD), {R: N}),
    Case("header-became-optional", respond("200", **MUST_HEAD), respond("200", **HEAD), {R: B}),
]
KEY = {"type": "apiKey", "in": "header", "name": "X-Key"}
SECURITY = [
    Case("security-added", secured(), secured({"key": []}), {S: B}),
    Case("security-added", call(), secured({"key": []}, top=True), {S: B}, "for all"),
    Case(
        "security-alternative-added",
        secured({"key": []}),
        secured({"key": []}, {"jwt": []}),
        {S: N},
    ),
    Case("security-removed", secured({"key": []}, {"jwt": []}), secured({"key": []}), {S: B}),
    Case(
        "security-removed",
        secured({"a": [], "b": []}, {"a": []}),
        secured({"a": []}),
        {S: N},
        "still sufficient",
    ),
    Case("security-became-optional", secured({"key": []}), secured({"key": []}, {}), {S: N}),
    Case("security-scope-added", secured({"o": ["a"]}), secured({"o": ["a", "b"]}), {S: B}),
    Case("security-scope-removed", secured({"o": ["a", "b"]}), secured({"o": ["a"]}), {S: N}),
    Case(
        "security-scheme-type-changed", scheme(**KEY), scheme(type="http", scheme="basic"), {S: B}
    ),
    Case(
        "security-scheme-changed",
        scheme(**KEY),
        scheme(**{**KEY, "name": "X-Token"}),
        {S: B},
        "name",
    ),
    Case("security-scheme-changed", scheme(**KEY), scheme(**{**KEY, "in": "query"}), {S: B}, "in"),
    Case("security-flow-added", oauth({}), oauth({"password": FLOW}), {S: N}),
    Case("security-flow-removed", oauth({"password": FLOW}), oauth({}), {S: B}),
    Case(
        "security-flow-url-changed",
        oauth({"password": FLOW}),
        oauth({"password": {**FLOW, "tokenUrl": "b"}}),
        {S: B},
    ),
    Case(
        "flow-scope-added",
        oauth({"password": {**FLOW, "scopes": {}}}),
        oauth({"password": FLOW}),
        {S: N},
    ),
    Case(
        "flow-scope-removed",
        oauth({"password": FLOW}),
        oauth({"password": {**FLOW, "scopes": {}}}),
        {S: B},
    ),
]
SHARED = {"A": {"properties": {"a": TEXT}}, "C": {"properties": {"c": TEXT}}}


def pets(mapping: dict[str, str]) -> dict[str, Any]:
    union = {
        "oneOf": [{"$ref": "#/components/schemas/A"}, {"$ref": "#/components/schemas/C"}],
        "discriminator": {"propertyName": "k", "mapping": mapping},
    }
    return received(union, components={"schemas": SHARED})


TO_A, TO_C = "#/components/schemas/A", "#/components/schemas/C"
WHOLE = [
    Case(
        "discriminator-mapping-added",
        pets({"a": TO_A, "c": TO_C}),
        pets({"a": TO_A, "c": TO_C, "d": TO_C}),
        {R: W},
    ),
    Case(
        "discriminator-mapping-removed",
        pets({"a": TO_A, "c": TO_C, "d": TO_C}),
        pets({"a": TO_A, "c": TO_C}),
        {R: N},
    ),
    Case(
        "discriminator-mapping-changed",
        pets({"a": TO_A, "c": TO_C}),
        pets({"a": TO_C, "c": TO_C}),
        {R: B},
    ),
    Case("server-url-changed", served("https://a"), served("https://b"), {S: B}),
    Case("server-removed", served("https://a", "https://b"), served("https://a"), {S: B}),
    Case("server-added", served("https://a"), served("https://a", "https://b"), {S: N}),
    Case(
        "server-variables-changed",
        served("https://a"),
        served("https://a", variables={"x": {"default": "1"}}),
        {S: W},
    ),
    Case("servers-overridden", call(), call(servers=[{"url": "https://b"}]), {S: B}),
    Case("component-added", schemas(), schemas(A=TEXT), {S: D}),
    Case("component-removed", schemas(A=TEXT), schemas(), {S: N}),
    Case("component-renamed", schemas(A=TEXT), schemas(B=TEXT), {S: D}),
    Case("version-changed", call(), {**call(), "info": {"title": "Calls", "version": "2"}}, {S: D}),
    Case("openapi-version-changed", call(), {**call(), "openapi": "3.0.3"}, {S: D}),
]
CASES = [*OPERATIONS, *PARAMETERS, *BODIES, *RESPONSES, *SECURITY, *WHOLE]
