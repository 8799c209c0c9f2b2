"""The pipeline on documents in other vendors' styles: forms like Twilio's, unions like OpenAI's."""

from __future__ import annotations

import compileall
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = {"foreign_forms": "forms.json", "foreign_unions": "unions.yaml"}
USES = """
import json
from foreign_forms.api.api_20100401_call.create_call import get_kwargs
from foreign_forms.models import Call, CreateCallCreateCallRequest as CreateCall
from foreign_unions.models import Response

form = CreateCall.from_dict({"To": "+15555550123", "From": "+15555550100", "Record": True})
sent = get_kwargs("AC1", body=form)
call = Call.from_dict({"status": "in-progress", "price": None, "from": "+15555550100"})
output = [{"type": "message", "content": "hello"}, {"type": "tool_call", "arguments": "{}"}]
response = Response.from_dict({"id": "resp_1", "output": output, "usage": {"total_tokens": 3}})
print(json.dumps({
    "sent": [sent["method"], sent["url"], sent["data"]],
    "call": [call.status.value, call["from"], call["price"]],
    "response": [response.to_dict()["output"] == output, response.usage.total_tokens],
}))
"""


class Generated(NamedTuple):
    """What the script of ``make generate`` wrote and reported."""

    folder: Path
    report: list[str]

    def files(self) -> dict[str, bytes]:
        paths = [path for path in sorted(self.folder.rglob("*.py")) if path.is_file()]
        return {path.relative_to(self.folder).as_posix(): path.read_bytes() for path in paths}


def contracts_file(folder: Path) -> Path:
    """Write a contracts file for the documents; the tools are the project's."""
    own = (ROOT / "api-contracts" / "contracts.toml").read_text(encoding="utf-8")
    pins = [line for line in own.splitlines() if line.startswith(("openapi-python-client", "ruff"))]
    lines = ["[generator]", *pins, "[contracts]"]
    for package, name in DOCUMENTS.items():
        document = Path(__file__).parent / "documents" / name
        lines += [f"[contracts.{package}]", f'snapshot = "{document.as_posix()}"']
        lines += [f'package = "{package}"', 'warnings = "report"']
    file = folder / "contracts.toml"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def generate(folder: Path, seed: str) -> Generated:
    """Run the script of ``make generate`` on the documents."""
    script = [sys.executable, str(ROOT / "scripts" / "generate.py")]
    done = subprocess.run(
        [*script, "--contracts", str(contracts_file(folder)), "--output", str(folder / seed)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONHASHSEED": seed},
    )
    assert done.returncode == 0, done.stderr
    return Generated(folder / seed, done.stdout.splitlines()[:-1])


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Generated:
    return generate(tmp_path_factory.mktemp("generated"), "1")


def test_foreign_documents_give_the_same_bytes_twice(generated: Generated, tmp_path: Path) -> None:
    """Whatever the hash seed of the process."""
    again = generate(tmp_path, "2")
    assert again.report == generated.report
    assert again.files() == generated.files()
    assert len(again.files()) > 30


def test_what_could_not_be_generated_is_listed_with_why(generated: Generated) -> None:
    """Two parameters of one name; two schemas of one title are two classes."""
    causes = {
        "Parameters with same Python identifier StartTime detected": "foreign_forms",
        "3 operations in the document, 2 endpoint modules generated": "foreign_forms",
    }
    assert len(generated.report) == len(causes)
    for line, (cause, package) in zip(generated.report, causes.items(), strict=True):
        assert line.startswith(f"{package}: ")
        assert cause in line
    assert "foreign_unions/models/draft.py" in generated.files()


def test_what_was_generated_works(generated: Generated) -> None:
    """A form is sent as a form, and unions of objects are returned unchanged."""
    assert compileall.compile_dir(generated.folder, quiet=2)
    path = os.pathsep.join([str(generated.folder), *sys.path])
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", USES],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": path},
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "sent": [
            "post",
            "/2010-04-01/Accounts/AC1/Calls.json",
            {"To": "+15555550123", "From": "+15555550100", "Record": True},
        ],
        "call": ["in-progress", "+15555550100", None],
        "response": [True, 3],
    }
