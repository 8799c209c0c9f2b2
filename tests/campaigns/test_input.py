"""Files as rows: what is read, and how a bad line is reported."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from trunkline import errors
from trunkline.campaigns import (
    CampaignInputError,
    CampaignSettings,
    Columns,
    Problem,
    Row,
    load,
)

if TYPE_CHECKING:
    from pathlib import Path

NUMBER = "+12125550123"


def rows(path: Path, columns: Columns | None = None, **settings: Any) -> list[Row | Problem]:
    chosen = CampaignSettings("autumn", "pamela", **settings)
    return list(load(str(path), columns or Columns({}, {}), chosen))


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_columns_are_mapped_and_texts_filled(tmp_path: Path) -> None:
    """A quoted line break does not shift line numbers, and a BOM is not part of a name."""
    text = f'\ufeffphone,order,who\n{NUMBER},"0017","Ann\nLee"\n{NUMBER},18,Bob\n'
    names = {"to": "phone", "key": "order", "caller_name": "who"}
    columns = Columns(names, {"task": "Confirm {order}"})
    first, second = rows(written(tmp_path, "a.csv", text), columns)
    assert first == Row(3, "0017", NUMBER, {"caller_name": "Ann\nLee", "task": "Confirm 0017"})
    assert isinstance(second, Row)
    assert second.line == 4


def test_an_argument_is_a_column_or_a_text() -> None:
    """Not both: one of them would be ignored."""
    with pytest.raises(errors.ConfigurationError, match="cannot be a text as well"):
        Columns({"task": "notes"}, {"task": "Call"})


BAD_CELLS = [
    ("12125550123.0", "no plus sign|spreadsheet"),
    ("1.2125550123E+10", "spreadsheet"),
    ("02125550123", "begins with 0"),
    ("12125550123", "no plus sign"),
    ("555-0123", "not a phone number"),
    ("", "to is missing"),
]


@pytest.mark.parametrize(("cell", "words"), BAD_CELLS)
def test_a_bad_number_is_reported_and_the_rest_goes_on(
    tmp_path: Path, cell: str, words: str
) -> None:
    """The report names the line and the remedy, never the number."""
    path = written(tmp_path, "a.csv", f"to,key\n{cell},1\n{NUMBER},2\n")
    bad, good = rows(path)
    assert isinstance(bad, Problem)
    assert bad.line == 2
    with pytest.raises(AssertionError, match=words):
        raise AssertionError(bad.text)
    assert "212" not in bad.text
    assert isinstance(good, Row)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (12125550123, "number, not text"),
        (12125550123.0, "number, not text"),
        (None, "missing"),
        (["+1"], "list, not text"),
    ],
)
def test_json_values_are_not_guessed(tmp_path: Path, value: Any, words: str) -> None:
    """A number that is not a text has lost its plus sign and zeros."""
    import json

    lines = [{"to": value, "key": "1"}, {"to": NUMBER, "key": 2}, {"to": NUMBER, "key": "3"}]
    text = "\n".join(["[1]", "", *map(json.dumps, lines), '{"to": '])
    path = written(tmp_path, "a.jsonl", text)
    array, bad, key, good, cut = rows(path)
    assert [each.line for each in (array, bad, key, good, cut)] == [1, 3, 4, 5, 6]
    assert isinstance(bad, Problem)
    assert words in bad.text
    assert isinstance(key, Problem)
    assert "leading zeros" in key.text
    assert isinstance(array, Problem)
    assert isinstance(cut, Problem)
    assert isinstance(good, Row)


def test_malformed_csv_lines_are_reported(tmp_path: Path) -> None:
    """Too many values, an open quote, and bytes that are not UTF-8."""
    content = b'to,key\n+12125550123,1,x\n+12125550123,"2"x\n+12125550123,\xff3\n+12125550123,4\n'
    found = rows(written(tmp_path, "a.csv", content))
    texts = [each.text for each in found if isinstance(each, Problem)]
    assert [each.line for each in found] == [2, 3, 4, 5]
    assert "3 values for 2 columns" in texts[0]
    assert "not CSV" in texts[1]
    assert "not UTF-8" in texts[2]
    assert isinstance(found[3], Row)


def test_a_file_of_bad_lines_is_reported_line_by_line(tmp_path: Path) -> None:
    """Columns are not reported as missing; an open quote is reported where it starts."""
    found = rows(written(tmp_path, "a.csv", f'to,key\n{NUMBER},"1\n{NUMBER},2\n'))
    assert [(type(each), each.line) for each in found] == [(Problem, 3)]
    assert isinstance(found[0], Problem)
    assert "not CSV from line 2" in found[0].text
    assert all(isinstance(each, Problem) for each in rows(written(tmp_path, "a.jsonl", "1\n{\n")))


def test_a_value_that_no_request_can_hold_is_reported(tmp_path: Path) -> None:
    """A null character, or a Parquet type unknown to JSON: the line is bad, not the file."""
    import pyarrow as pa
    from pyarrow import parquet

    columns = Columns({"task": "task"}, {})
    line = f'{{"to": "{NUMBER}", "key": "%s", "task": "%s"}}'
    text = "\n".join(line % pair for pair in (("1", r"a\u0000b"), ("2", r"a\\u0000b")))
    null, backslash = rows(written(tmp_path, "a.jsonl", text), columns)
    assert null == Problem(1, "task holds a null character: remove it")
    assert isinstance(backslash, Row)
    for value in (datetime(2026, 1, 1, tzinfo=UTC), Decimal("1.5"), b"\xff", float("nan")):
        table = pa.table({"to": [NUMBER], "key": ["1"], "task": [value]})
        parquet.write_table(table, tmp_path / "a.parquet")
        (bad,) = rows(tmp_path / "a.parquet", columns)
        assert isinstance(bad, Problem)
        assert "export it as text" in bad.text


def test_two_spellings_of_a_key_are_one_call(tmp_path: Path) -> None:
    """The ledger composes accents, and so does a file."""
    text = f"to,key\n{NUMBER},caf\u00e9\n{NUMBER},cafe\u0301\n"
    first, second = rows(written(tmp_path, "a.csv", text))
    assert isinstance(first, Row)
    assert second == Problem(3, "its key is that of line 2", is_duplicate=True)


def test_parquet_rows_have_numbers(tmp_path: Path) -> None:
    """A column of numbers is refused row by row; a column of text is read."""
    import pyarrow as pa
    from pyarrow import parquet

    table = pa.table({"to": [NUMBER, None], "key": ["1", "2"]})
    parquet.write_table(table, tmp_path / "a.parquet")
    good, bad = rows(tmp_path / "a.parquet")
    assert good == Row(1, "1", NUMBER, {})
    assert bad == Problem(2, "to is missing")
    parquet.write_table(pa.table({"to": [12125550123.0], "key": ["1"]}), tmp_path / "b.parquet")
    (refused,) = rows(tmp_path / "b.parquet")
    assert isinstance(refused, Problem)
    assert "plus sign" in refused.text
    with pytest.raises(CampaignInputError, match="whole Parquet"):
        rows(written(tmp_path, "c.parquet", b"PAR1nothing"))


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.csv", "", "is empty"),
        ("a.jsonl", "\n\n", "no rows"),
        ("a.csv", "to,key\n", "no rows"),
        ("a.csv", "to,to\n1,2\n", "name of its own"),
        ("a.csv", f"phone,key\n{NUMBER},1\n", "column to: name yours with --map"),
        ("a.csv", f"to;key\n{NUMBER};1\n", "no commas"),
        ("a.csv", f"to,key\n{NUMBER},1\n".encode("utf-16"), "save the file as UTF-8"),
        ("a.xlsx", "x", r"give a \.csv"),
    ],
)
def test_a_file_that_is_no_campaign(
    tmp_path: Path, name: str, content: str | bytes, words: str
) -> None:
    """The whole file is refused, with the remedy."""
    with pytest.raises(CampaignInputError, match=words):
        rows(written(tmp_path, name, content))


def test_a_missing_file_is_an_error_of_ours(tmp_path: Path) -> None:
    """The reader's own exception is not raised."""
    with pytest.raises(CampaignInputError, match="cannot be read"):
        rows(tmp_path / "none.csv")
    with pytest.raises(CampaignInputError, match="null character"):
        rows(tmp_path / "a\0.csv")


def test_a_key_that_comes_again_is_a_duplicate(tmp_path: Path) -> None:
    """It names the first line, and is not a row."""
    found = rows(written(tmp_path, "a.csv", f"to,key\n{NUMBER},1\n{NUMBER},2\n{NUMBER},1\n"))
    assert found[2] == Problem(4, "its key is that of line 2", is_duplicate=True)


def test_with_a_window_each_number_has_zones(tmp_path: Path) -> None:
    """The number's own or the row's; toll-free numbers have zones without a common window."""
    text = (
        f"to,key,tz\n{NUMBER},1,\n+18002345678,2,\n+18002345678,3,Europe/Berlin\n{NUMBER},4,Mars\n"
    )
    one, none, chosen, bad = rows(written(tmp_path, "a.csv", text), window="09:00-12:00")
    assert isinstance(one, Row)
    assert one.zones == ("America/New_York",)
    assert isinstance(none, Problem)
    assert "never open in all zones" in none.text
    assert isinstance(chosen, Row)
    assert chosen.zones == ("Europe/Berlin",)
    assert bad == Problem(5, "tz is not the name of a time zone")


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"name": "a b"}, "name of a campaign"),
        ({"provider": "whispey"}, "provider"),
        ({"window": "9-20"}, "such as 09:00-20:00"),
        ({"window": "20:00-09:00"}, "begins before it ends"),
        ({"concurrency": 0}, "concurrency"),
        ({"concurrency": "5"}, "concurrency must be a whole number"),
        ({"retries": 1.5}, "retries must be a whole number"),
        ({"retry_after": -1.0}, "retry_after must be seconds"),
        ({"longest_call": float("inf")}, "longest_call must be seconds"),
        ({"window": "09:00Z-20:00Z"}, "name no zone"),
        ({"window": "09:00-20:00", "days": "5-1"}, "1 is Monday"),
    ],
)
def test_settings_that_no_worker_could_follow(settings: dict[str, Any], words: str) -> None:
    """They are refused before anything is stored."""
    with pytest.raises(errors.ConfigurationError, match=words):
        CampaignSettings(**{"name": "autumn", "provider": "pamela", **settings})


def test_json_lines_may_have_a_byte_order_mark(tmp_path: Path) -> None:
    """Like CSV: the first line is a row like the others."""
    text = f'\ufeff{{"to": "{NUMBER}", "key": "1"}}\r\n{{"to": "{NUMBER}", "key": "2"}}\r\n'
    assert all(isinstance(each, Row) for each in rows(written(tmp_path, "a.jsonl", text)))


def test_columns_with_blanks_in_their_names_are_filled_in(tmp_path: Path) -> None:
    """A text that is not a column name is unchanged."""
    text = 'Order {Order No.} of {müller-id}: {"a": 1} {} { }'
    columns = Columns({}, {"task": text})
    path = written(tmp_path, "a.csv", f"to,key,Order No.,müller-id\n{NUMBER},1,A7,x\n")
    (row,) = rows(path, columns)
    assert isinstance(row, Row)
    assert row.fields["task"] == 'Order A7 of x: {"a": 1} {} { }'


def test_parquet_values_that_python_does_not_have(tmp_path: Path) -> None:
    """Only such a line is bad, and no line if the column is not used."""
    import pyarrow as pa
    from pyarrow import parquet

    times = pa.array([1, 1_700_000_000_000_000_000], pa.timestamp("ns"))
    texts = pa.array([b"\xff", b"a"]).view(pa.utf8())
    table = pa.table({"to": [NUMBER, NUMBER], "key": ["1", "2"], "at": times, "text": texts})
    parquet.write_table(table, tmp_path / "a.parquet")
    bad, good = rows(tmp_path / "a.parquet", Columns({"task": "text"}, {}))
    assert isinstance(bad, Problem)
    assert "export" in bad.text
    assert isinstance(good, Row)
    assert all(isinstance(each, Row) for each in rows(tmp_path / "a.parquet"))
