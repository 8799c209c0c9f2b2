from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt
from tests.webhooks.servers import ALL

import trunkline.webhooks

PAGE = Path(__file__).resolve().parents[2] / "docs" / "webhooks.md"


def blocks() -> list[str]:
    tokens = MarkdownIt().parse(PAGE.read_text("utf-8"))
    return [token.content for token in tokens if token.type == "fence" and token.info == "python"]


def test_code_of_the_page_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The blocks, run in order, do what the page says."""
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {"__name__": "page"}
    for number, block in enumerate(blocks()):
        exec(compile(block, f"{PAGE.name} block {number}", "exec"), names)
    names["store"].close()
    names["tools"].close()
    shown = capsys.readouterr().out
    assert "bad_signature: the signature matches no configured secret" in shown
    assert "False ['network', 'shared_secret'] CA1" in shown
    assert "200 {'Content-Type': 'application/json'} b'{\"status\": \"ok\"}'" in shown
    assert [tool.name for tool in names["tools"].tools] == ["check_order_status", "reserve"]


def test_page_names_every_reason_store_and_adapter() -> None:
    """The page lists every reason, store and adapter."""
    text = PAGE.read_text("utf-8")
    frameworks = {name.partition(" ")[0] for name in ALL} - {"fastapi"}
    for name in [*trunkline.webhooks.Reason, *frameworks]:
        assert f"`{name}`" in text
    for name in trunkline.webhooks.__all__:
        if name.endswith(("Store", "Webhook", "Signature", "Event")):
            assert name in text
