"""Code of many shapes: reads of a removed field are found however the model was obtained."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.contracts.impact import corpus

from trunkline.contracts import diff, load
from trunkline.contracts.impact import analyse

if TYPE_CHECKING:
    from collections.abc import Mapping

HEAD = """\
from voice_client import Client
from voice_client.api.calls import get_call, list_calls
from voice_client.models import Call, CallPage, Leg, Number
client = Client(base_url="x")
"""
#: Programs after the head above; `#!` marks the lines that read a removed field.
SHAPES = {
    "dict literal": """\
held = {"call": get_call.sync("c", client=client)}
print(held["call"].recording_url)  #!
print(held.get("call").recording_url)  #!
print(held.pop("call").recording_url)  #!
""",
    "values and items of a dict": """\
held = {"call": get_call.sync("c", client=client)}
for call in held.values():
    print(call.recording_url)  #!
for name, call in held.items():
    print(name, call.recording_url)  #!
""",
    "updated dict": """\
held = {}
held.update({"call": get_call.sync("c", client=client)})
print(held["call"].recording_url)  #!
""",
    "dict by a variable key": """\
def index(call: Call, name: str) -> None:
    held = {}
    held[name] = call
    print(held[name].recording_url)  #!
    held.setdefault(name, call)
    for each in held.values():
        print(each.recording_url)  #!
""",
    "filled list": """\
held: list[Call] = []
held.append(get_call.sync("c", client=client))
held.extend([get_call.sync("d", client=client)])
print(held[0].recording_url)  #!
print([each.recording_url for each in held])  #!
print(max(each.recording_url for each in held))  #!
""",
    "passed on in a dict": """\
def show(held):
    print(held["call"].recording_url)  #!
show({"call": get_call.sync("c", client=client)})
""",
    "passed on as one of two": """\
def show(call):
    print(call.recording_url)  #!
call = get_call.sync("c", client=client)
show(call if call else None)
""",
    "passed on as a list": """\
def show(calls):
    for call in calls:
        print(call.recording_url)  #!
show([get_call.sync("c", client=client)])
""",
    "passed on as a function": """\
def fetch(name: str) -> Call:
    return get_call.sync(name, client=client)
def show(function):
    print(function("c").recording_url)  #!
show(fetch)
""",
    "passed on as a class": """\
def make(kind):
    print(kind.from_dict({}).recording_url)  #!
make(Call)
""",
    "passed on as a dict of the model": """\
def show(data):
    print(data["recordingUrl"])  #!
show(get_call.sync("c", client=client).to_dict())
""",
    "dict form": """\
data = get_call.sync("c", client=client).to_dict()
print(data["recordingUrl"])  #!
print(data.get("recordingUrl"))  #!
print(data.copy()["recordingUrl"])  #!
""",
    "getters": """\
from operator import attrgetter, itemgetter, methodcaller
calls: list[Call] = []
print(sorted(calls, key=attrgetter("recording_url")))  #!
print(list(map(attrgetter("id", "recording_url"), calls)))  #!
""",
    "patterns": """\
def show(call: Call | CallPage) -> None:
    match call:
        case Call(recording_url=url):  #!
            print(url)
        case CallPage(items=[first, *rest]):
            print(first.recording_url)  #!
""",
    "narrowed": """\
def show(value: object) -> None:
    if isinstance(value, Call) and value.id:
        print(value.recording_url)  #!
    if not isinstance(value, Call):
        return
    print(value.recording_url)  #!
""",
    "narrowed by the other branch": """\
def show(value: Call | Leg | None) -> None:
    if value is None or isinstance(value, Leg):
        print("none")
    else:
        print(value.recording_url)  #!
""",
    "loops and exits": """\
def last(calls: list[Call]) -> str:
    found = None
    while calls:
        try:
            found = calls.pop()
        except IndexError:
            break
        finally:
            print(len(calls))
    else:
        print("all")
    assert found is not None
    return found.recording_url  #!
""",
    "walrus and tuple": """\
pair = (get_call.sync("c", client=client), 1)
call, number = pair
print(call.recording_url)  #!
if (again := pair[0]) is not None:
    print(again.recording_url)  #!
first, *rest = [call, call]
print(first.recording_url, rest[0].recording_url)  #!
""",
    "comprehensions": """\
def urls(page: CallPage) -> dict[str, str]:
    print({each.recording_url for each in page.items})  #!
    print(any(each.recording_url for each in page.items))  #!
    return {each.id: each.recording_url for each in page.items}  #!
""",
    "dict of lists": """\
from collections import defaultdict
def grouped(calls: list[Call]) -> None:
    groups: dict[str, list[Call]] = defaultdict(list)
    for call in calls:
        groups[call.id].append(call)
    for name, group in groups.items():
        print(name, group[0].recording_url)  #!
""",
    "attributes of one's own": """\
class Keeper:
    call: Call
    def __init__(self, call: Call) -> None:
        self.call, self.calls = call, [call]
    @property
    def latest(self) -> Call:
        return self.calls[-1]
    def show(self) -> None:
        print(self.call.recording_url)  #!
        print(self.latest.recording_url)  #!
print(Keeper(get_call.sync("c", client=client)).latest.recording_url)  #!
""",
    "annotations of all kinds": """\
from typing import Annotated, Callable, Iterable, Optional, TypeAlias, Union
Held: TypeAlias = dict[str, Optional[Call]]
def show(
    a: Annotated[Call, "kept"], b: Union[Call, None], c: "Iterable[Call]", d: Held,
    e: Callable[[], Call], f: tuple[Call, ...], g: type[Call],
) -> None:
    print(a.recording_url)  #!
    print(b.recording_url)  #!
    print([each.recording_url for each in c])  #!
    print(d["x"].recording_url)  #!
    print(e().recording_url)  #!
    print(f[0].recording_url)  #!
    print(g.from_dict({}).recording_url)  #!
""",
    "builtins": """\
def show(calls: list[Call]) -> None:
    print(next(iter(calls)).recording_url)  #!
    print(sorted(calls, key=lambda each: each.recording_url))  #!
    for number, call in enumerate(reversed(calls)):
        print(number, call.recording_url)  #!
    for left, right in zip(calls, calls):
        print(left.recording_url, right.id)  #!
    print(list(filter(lambda each: each.recording_url, calls)))  #!
    print(tuple(calls)[0].recording_url)  #!
    print(getattr(calls[0], "recording_url"))  #!
""",
}

SHAPES |= {
    "itertools": """\
from itertools import chain, groupby
def show(calls: list[Call], pages: list[list[Call]]) -> None:
    for name, group in groupby(calls, key=lambda each: each.id):
        print([each.recording_url for each in group])  #!
    for call in chain(calls, calls):
        print(call.recording_url)  #!
    for call in chain.from_iterable(pages):
        print(call.recording_url)  #!
""",
    "awaited": """\
import asyncio
from collections.abc import AsyncIterator
async def one() -> Call:
    found = await get_call.asyncio("c", client=client)
    assert found is not None
    return found
async def show(calls: AsyncIterator[Call]) -> None:
    first, second = await asyncio.gather(one(), one())
    print(first.recording_url, second.recording_url)  #!
    print((await anext(calls)).recording_url)  #!
    async for each in calls:
        print(each.recording_url)  #!
    print((await asyncio.wait_for(one(), 5)).recording_url)  #!
    task = asyncio.create_task(one())
    done, _ = await asyncio.wait([task])
    print((await task).recording_url)  #!
    print([each.recording_url async for each in calls])  #!
""",
    "generic functions": """\
from typing import TypeVar
T = TypeVar("T")
def first(items: list[T]) -> T:
    return items[0]
def show(calls: list[Call]) -> None:
    print(first(calls).recording_url)  #!
""",
    "context managers": """\
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
@contextmanager
def held() -> Iterator[Call]:
    yield get_call.sync("c", client=client)
with held() as call:
    print(call.recording_url)  #!
with nullcontext(call) as again:
    print(again.recording_url)  #!
""",
}


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory, voice_client: Path) -> Mapping[str, set[int]]:
    """The lines that the analysis names, by program."""
    folder, names = tmp_path_factory.mktemp("shapes"), dict[str, str]()
    for number, (name, text) in enumerate(SHAPES.items()):
        names[f"shape_{number}.py"] = name
        (folder / f"shape_{number}.py").write_text(HEAD + text)
    old, new = corpus.documents("generated")
    compared = diff(load(old), load(new))
    report = analyse(compared, [folder], voice_client, generator=False, cache=False)
    found: dict[str, set[int]] = {name: set() for name in SHAPES}
    for finding in report.findings:
        for site in finding.used:
            if corpus.label(finding) == "recordingUrl":
                found[names[Path(site.file).name]].add(site.line)
    return found


@pytest.mark.parametrize("name", SHAPES)
def test_a_read_of_a_removed_field_is_found(used: Mapping[str, set[int]], name: str) -> None:
    """Every marked line, and no other."""
    lines = (HEAD + SHAPES[name]).splitlines()
    assert used[name] == {number for number, line in enumerate(lines, 1) if line.endswith("#!")}


ENUM = "/components/schemas/CallStatus/enum"
BRANCHES = """\
def all_raise(call: Call) -> str:
    if call.status == CallStatus.QUEUED or call.status == CallStatus.RINGING:  #!
        return "early"
    elif call.status in {CallStatus.ACTIVE, CallStatus.COMPLETED}:
        return "on"
    elif call.status is CallStatus.FAILED:
        return "off"
    else:
        raise ValueError(call.status)
def chosen(call: Call) -> str:
    match call.status:  #!
        case CallStatus.QUEUED | CallStatus.RINGING:
            return "early"
        case CallStatus.ACTIVE as status:
            return status.value
    return assert_never(call.status)
def by_text(call: Call) -> str:
    if str(call.status.value).lower() == "queued":  #!
        return "early"
    elif call.status.value == "failed":
        return "off"
    return "on"
def with_a_default(call: Call) -> str:
    match call.status:
        case CallStatus.QUEUED:
            return "early"
        case _:
            return "late"
"""


def test_a_new_value_is_found_where_all_old_ones_are_told_apart(
    tmp_path: Path, voice_client: Path
) -> None:
    """Chains and matches without a default are hits; one with a default is not."""
    code = HEAD.replace("models import Call,", "models import CallStatus, Call,") + BRANCHES
    (tmp_path / "user.py").write_text(code)
    old, _ = corpus.documents("generated")
    values = ["queued", "ringing", "active", "completed", "failed", "lost"]
    compared = diff(load(old), load(corpus.edited(old, [{"set": ENUM, "to": values}])))
    report = analyse(compared, [tmp_path], voice_client, generator=False, cache=False)
    found = {site.line for finding in report.findings for site in finding.used}
    assert found == {n for n, line in enumerate(code.splitlines(), 1) if line.endswith("#!")}
