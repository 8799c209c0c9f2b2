"""The examples of the Overlay Specification, section Examples, and its MUSTs."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from trunkline.contracts import ContractError
from trunkline.contracts.overlays import apply


def overlay(*actions: Any, version: str = "1.0.0") -> dict[str, Any]:
    info = {"title": "T", "version": "1.0.0"}
    return {"overlay": version, "info": info, "actions": list(actions)}


def applied(document: Any, *actions: Any) -> Any:
    return apply(document, overlay(*actions, version="1.1.0"))


def get(**more: Any) -> dict[str, Any]:
    return {"get": {"responses": {"200": {"description": "OK"}}, **more}}


def parameter(name: str, where: str = "query") -> dict[str, Any]:
    return {"name": name, "in": where}


def test_structured_overlay_mirrors_the_document() -> None:
    """One update at the root is merged into every level; its empty placeholders change nothing."""
    document = {
        "info": {"title": "Pets"},
        "paths": {"/": get(), "/pets": {**get(summary="old"), "post": {"summary": "kept"}}},
        "components": {"schemas": {}},
        "tags": [{"name": "kept"}],
    }
    update = {
        "info": {"x-overlay-applied": "structured-overlay"},
        "paths": {
            "/": {"summary": "The root resource", "get": {"x-rate-limit": 100}},
            "/pets": {"get": {"summary": "Retrieve a list of pets", "x-rate-limit": 100}},
        },
        "components": None,
        "tags": None,
    }
    result = apply(document, overlay({"target": "$", "update": update}))
    assert result["info"] == {"title": "Pets", "x-overlay-applied": "structured-overlay"}
    assert result["paths"]["/"]["summary"] == "The root resource"
    assert result["paths"]["/"]["get"] == {**document["paths"]["/"]["get"], "x-rate-limit": 100}
    assert result["paths"]["/pets"]["get"]["summary"] == "Retrieve a list of pets"
    assert result["paths"]["/pets"]["post"] == {"summary": "kept"}
    assert (result["components"], result["tags"]) == ({"schemas": {}}, [{"name": "kept"}])


def test_targeted_overlay_changes_what_it_names() -> None:
    """Each action changes its own target, and may change the children of another's."""
    document = {"paths": {"/foo": get(), "/bar": {**get(), "post": {"description": "old"}}}}
    result = apply(
        document,
        overlay(
            {"target": "$.paths['/foo'].get", "update": {"description": "new"}},
            {"target": "$.paths['/bar'].get", "update": {"description": "updated"}},
            {
                "target": "$.paths['/bar']",
                "update": {"post": {"description": "of a child", "x-safe": False}},
            },
        ),
    )
    assert result["paths"]["/foo"] == get(description="new")
    assert result["paths"]["/bar"]["get"]["description"] == "updated"
    assert result["paths"]["/bar"]["post"] == {"description": "of a child", "x-safe": False}


def test_wildcard_overlay_changes_many_objects() -> None:
    """One action reaches every node that its path selects, through wildcards and filters."""
    document = {
        "paths": {
            "/a": get(parameters=[parameter("filter"), parameter("filter", "header")]),
            "/b": get(parameters=[parameter("other")]),
        }
    }
    schema = {"$ref": "/components/schemas/filterSchema"}
    result = apply(
        document,
        overlay(
            {"target": "$.paths.*.get", "update": {"x-safe": True}},
            {
                "target": "$.paths.*.get.parameters[?@.name=='filter' && @.in=='query']",
                "update": {"schema": schema},
            },
        ),
    )
    assert [path["get"]["x-safe"] for path in result["paths"].values()] == [True, True]
    first, second = result["paths"]["/a"]["get"]["parameters"]
    assert first == {**parameter("filter"), "schema": schema}
    assert second == parameter("filter", "header")
    assert result["paths"]["/b"]["get"]["parameters"] == [parameter("other")]


def test_array_modification_appends_an_entry() -> None:
    """An update of an array becomes its last entry."""
    document = {"paths": {"/a": get(parameters=[parameter("old")]), "/b": get(parameters=[])}}
    action = {"target": "$.paths.*.get.parameters", "update": parameter("newParam")}
    result = apply(document, overlay(action))
    assert result["paths"]["/a"]["get"]["parameters"] == [parameter("old"), parameter("newParam")]
    assert result["paths"]["/b"]["get"]["parameters"] == [parameter("newParam")]


def test_array_modification_removes_matching_entries() -> None:
    """All matching entries are removed, whatever their index; the others keep their order."""
    names = ["dummy", "a", "dummy", "b", "dummy"]
    document = {"paths": {"/a": get(parameters=[parameter(name) for name in names])}}
    action = {"target": "$.paths.*.get.parameters[?@.name == 'dummy']", "remove": True}
    result = apply(document, overlay(action))
    assert [p["name"] for p in result["paths"]["/a"]["get"]["parameters"]] == ["a", "b"]


def test_traits_select_where_to_apply() -> None:
    """Traits in the document select where an update applies (in RFC 9535 form)."""
    document = {"paths": {"/items": get(**{"x-oai-traits": ["paged"]}), "/other": get()}}
    update = {"parameters": [parameter("top"), parameter("skip")]}
    target = "$.paths.*[?@['x-oai-traits'][?@ == 'paged']]"
    result = apply(document, overlay({"target": target, "update": update}))
    assert result["paths"]["/items"]["get"]["parameters"] == update["parameters"]
    assert result["paths"]["/other"] == get()


def test_traits_path_as_printed_is_refused() -> None:
    """The standard's own traits path is not an RFC 9535 path; that is an error, not ignored."""
    action = {"target": "$.paths.*.get[?@.x-oai-traits.paged]", "update": {}}
    with pytest.raises(ContractError, match="not a JSONPath"):
        apply({"paths": {}}, overlay(action))


def test_nested_arrays_are_joined_and_values_replaced() -> None:
    """Inside a merged object, arrays are concatenated and primitive values replaced."""
    document = {"info": {"tags": ["a"], "title": "old", "contact": {"name": "n"}}}
    update = {"tags": ["b"], "title": "new", "contact": "c", "license": {"name": "MIT"}}
    result = apply(document, overlay({"target": "$.info", "update": update}))
    assert result["info"] == {
        "tags": ["a", "b"],
        "title": "new",
        "contact": "c",
        "license": {"name": "MIT"},
    }


def test_actions_apply_one_after_the_other() -> None:
    """One action may delete a node and the next create it again."""
    document = {"servers": [{"url": "http://localhost"}]}
    replaced = [{"url": "https://example.com"}]
    result = apply(
        document,
        overlay(
            {"target": "$.servers", "remove": True},
            {"target": "$", "update": {"servers": replaced}},
        ),
    )
    assert result == {"servers": replaced}


def test_remove_wins_over_update() -> None:
    """An update has no effect beside `remove: true`."""
    action = {"target": "$.a", "update": {"b": 1}, "remove": True}
    assert apply({"a": {}, "c": {}}, overlay(action)) == {"c": {}}


def test_descendants_are_removed_with_and_without_their_parents() -> None:
    """A path that selects nodes inside other selected nodes removes them all."""
    document = {"x": {"properties": {"a": {"type": "s", "properties": {"b": {"type": "s"}}}}}}
    action = {"target": "$..properties[?@.type == 's']", "remove": True}
    assert apply(document, overlay(action)) == {"x": {"properties": {}}}


def test_a_node_that_is_selected_twice_is_changed_once() -> None:
    """Duplicates in a result are one node."""
    action = {"target": "$['a','a']", "update": 1}
    assert apply({"a": []}, overlay(action)) == {"a": [1]}


def test_the_document_given_is_not_changed() -> None:
    """The result shares nothing with the inputs."""
    document = {"a": {"b": [1]}}
    patch = overlay({"target": "$.a", "update": {"b": [{"c": 1}]}})
    before = deepcopy((document, patch))
    result = apply(document, patch)
    result["a"]["b"][1]["c"] = 2
    assert (document, patch) == before


def test_a_target_without_a_match() -> None:
    """The standard allows it; our corrections must notice that the vendor's document changed."""
    patch = overlay({"target": "$.nowhere", "update": {"a": 1}})
    assert apply({"a": {}}, patch) == {"a": {}}
    with pytest.raises(ContractError, match=r"\$\.nowhere selects nothing"):
        apply({"a": {}}, patch, must_match=True)


def test_primitive_values_are_replaced_and_removed() -> None:
    """From 1.1 on, an action may target a string, a number, or such an item of an array."""
    document = {"info": {"title": "old"}, "tags": ["a", "b", "a"], "limit": 3}
    result = applied(
        document,
        {"target": "$.info.title", "update": "new"},
        {"target": "$.tags[?@ == 'a']", "remove": True},
        {"target": "$.limit", "update": None},
    )
    assert result == {"info": {"title": "new"}, "tags": ["b"], "limit": None}


def test_an_array_joins_an_array() -> None:
    """From 1.1 on, an array is concatenated with the target; in 1.0 it becomes one entry."""
    action = {"target": "$.tags", "update": ["b", "c"]}
    assert applied({"tags": ["a"]}, action) == {"tags": ["a", "b", "c"]}
    assert apply({"tags": ["a"]}, overlay(action)) == {"tags": ["a", ["b", "c"]]}


def test_a_copy_is_merged_into_every_target() -> None:
    """`copy` takes a value from the document; followed by a removal it is a move."""
    document = {"paths": {"/old": get(summary="kept"), "/new": {"put": {}}}}
    result = applied(
        document,
        {"target": "$.paths['/new']", "copy": "$.paths['/old']"},
        {"target": "$.paths['/old']", "remove": True},
    )
    assert result == {"paths": {"/new": {"put": {}, **get(summary="kept")}}}


def test_a_copy_into_what_contains_it() -> None:
    """The value is copied before anything changes."""
    result = applied({"a": {"b": {"c": 1}}}, {"target": "$..[?@.c || @.b]", "copy": "$.a"})
    assert result == {"a": {"b": {"c": 1, "b": {"c": 1}}}}


def test_extensions_are_let_through() -> None:
    """Members that begin with x- are allowed anywhere."""
    patch = {**overlay({"target": "$", "update": {"a": 1}, "x-why": "b"}), "x-of": "c"}
    assert apply({}, patch) == {"a": 1}


@pytest.mark.parametrize(
    ("patch", "message"),
    [
        ({**overlay({"target": "$"}), "overlay": "2.0.0"}, "neither 1.0.x nor 1.1.x"),
        ({**overlay({"target": "$"}), "info": {"title": "T"}}, "title and version"),
        (overlay(), "at least one action"),
        ({**overlay(), "actions": "oops"}, "at least one action"),
        (overlay("oops"), "an action is an object, not 'oops'"),
        (overlay({"update": {}}), "needs a target"),
        (overlay({"target": "$"}), "needs `update`, or `remove: true`"),
        (overlay({"target": "$", "remove": False}), "needs `update`, or `remove: true`"),
        (overlay({"target": "$", "updat": {}}), "has no member 'updat'"),
        ({**overlay({"target": "$", "update": {}}), "extend": "."}, "has no member 'extend'"),
        (overlay({"target": "$.a[0]", "remove": True}), "neither an object nor an array"),
        (overlay({"target": "$.b", "update": {"c": 1}}), "neither an object nor an array"),
        (overlay({"target": "$", "update": [1]}), "must be one too"),
        (overlay({"target": "$", "remove": True}), "root"),
        (overlay({"target": "$.c", "copy": "$.a"}), "has no member 'copy'"),
        (overlay({"target": "$.a", "copy": 1}, version="1.1.0"), "not a JSONPath"),
        (overlay({"target": "$.a", "copy": "$.c"}, version="1.1.0"), "selects 0 nodes"),
        (overlay({"target": "$.a", "copy": "$.*"}, version="1.1.0"), "selects 2 nodes"),
        (overlay({"target": "$.a", "copy": "$.b", "update": 1}, version="1.1.0"), "or `copy`"),
        (overlay({"target": "$.b", "update": {}}, version="1.1.0"), "nor may its update"),
        ([], "an overlay is an object"),
    ],
)
def test_what_breaks_the_standard_is_refused(patch: dict[str, Any], message: str) -> None:
    """The error names the MUST that an overlay violates."""
    with pytest.raises(ContractError, match=message):
        apply({"a": [1], "b": "text"}, patch)


@pytest.mark.parametrize("version", ["1.0.0", "1.1.0"])
def test_what_is_in_a_list_is_not_appended_again(version: str) -> None:
    """Applying an overlay twice, or to a document that already agrees, duplicates nothing."""
    document = {"a": {"enum": ["x", 1]}, "b": {"required": ["id"], "parameters": [parameter("q")]}}
    new = overlay(
        {"target": "$.a.enum", "update": "y"},
        {"target": "$.a", "update": {"enum": ["x", True]}},
        {"target": "$.b", "update": {"required": ["id", "to"], "parameters": [parameter("q")]}},
        version=version,
    )
    once = apply(document, new)
    assert once["a"]["enum"] == ["x", 1, "y", True]
    assert once["b"] == {"required": ["id", "to"], "parameters": [parameter("q")]}
    assert apply(once, new) == once
