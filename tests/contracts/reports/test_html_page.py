"""The HTML page in a real browser: display, clicks and keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.contracts.reports.browser import Browser
from tests.contracts.reports.samples import ATTACKS, ENUM, PARTIAL, REMOVED, REPORT, hostile

from trunkline.contracts import Level, Report
from trunkline.contracts.reports import Ignored, Protect, Review, render

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FULL = Review(REPORT, code_checked=True, protect=Protect.BOTH, show=Level.DOC)
SUPPRESSED = Review(
    Report(REPORT.old, REPORT.new, (REMOVED,)),
    ignored=(Ignored(ENUM, "Unknown values count as ended."),),
    notes=("ignore file: entry 2 matches no finding; delete it",),
)


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with Browser(tmp_path_factory.mktemp("profile")) as browser:
        yield browser


@pytest.fixture
def browser(started: Browser) -> Browser:
    started.emulate(prefers_color_scheme="light")
    return started


@pytest.fixture
def page(tmp_path: Path) -> Path:
    return written(tmp_path, FULL)


def written(folder: Path, review: Review) -> Path:
    path = folder / "report.html"
    path.write_text(render(review, "html"), encoding="utf-8")
    return path


def shown(browser: Browser) -> list[str]:
    return browser.texts(".finding > summary .message")


def active(browser: Browser) -> str:
    return browser.run("return document.activeElement.innerText ?? ''")


def test_findings_stand_below_their_levels(browser: Browser, page: Path) -> None:
    """Headings count the findings; those with call sites come first in each level."""
    browser.open(page)
    assert browser.texts("h1") == ["Voice API"]
    assert browser.texts("h2") == ["Breaking 3", "Warning 1", "Info 1", "Doc 1"]
    assert shown(browser)[0] == "The required property 'duration' was removed from responses"
    assert browser.texts("#count") == ["6 findings"]


def test_what_the_analysis_left_over_stands_on_the_page(browser: Browser, tmp_path: Path) -> None:
    """Unsearched files are notes; changes without an edit are listed below the findings."""
    browser.open(written(tmp_path, Review(PARTIAL, code_checked=True)))
    assert browser.texts(".notes li") == ["app/old.py was not searched: invalid syntax (line 3)"]
    assert browser.texts(".unexplained summary") == [
        "1 change of the Python client beside the findings"
    ]
    browser.click(".unexplained summary")
    assert "The class 'CallStatus1' was removed." in browser.texts(".unexplained li")[0]


def test_a_level_is_hidden_and_shown_by_its_button(browser: Browser, page: Path) -> None:
    """The button shows whether it is pressed, the counter how many findings are left."""
    browser.open(page)
    browser.click("[data-toggle=breaking]")
    assert browser.texts("#count") == ["3 of 6 findings"]
    assert browser.texts("h2") == ["Warning 1", "Info 1", "Doc 1"]
    pressed = "return document.querySelector('[data-toggle=breaking]').ariaPressed"
    assert browser.run(pressed) == "false"
    browser.click("[data-toggle=breaking]")
    assert len(shown(browser)) == 6


def choose(browser: Browser, operation: str) -> None:
    browser.run(
        "const s = document.getElementById('operation'); s.value = arguments[0];"
        "s.dispatchEvent(new Event('change'))",
        operation,
    )


def test_an_operation_leaves_only_what_reaches_it(browser: Browser, page: Path) -> None:
    """The list has every operation with its number of findings."""
    browser.open(page)
    options = browser.run(
        "return [...document.querySelectorAll('#operation option')].map((o) => o.text)"
    )
    assert "GET /calls/{call_id} (3)" in options
    choose(browser, "POST /calls")
    assert shown(browser) == ["Requests must now hold 'locale'"]


def test_search_and_call_sites_narrow_the_list(browser: Browser, page: Path) -> None:
    """The search covers all text of a finding; a search without a match says so."""
    browser.open(page)
    browser.click("#used")
    assert shown(browser) == ["The required property 'duration' was removed from responses"]
    browser.click("#used")
    browser.type("/", *"voicemail")
    assert shown(browser) == ["Responses may hold the new value 'voicemail'"]
    browser.type(*"xyz")
    assert browser.texts("#none") == ["No finding matches the filters."]
    browser.type("Escape")
    assert len(shown(browser)) == 6


def test_the_address_keeps_the_filters(browser: Browser, page: Path) -> None:
    """A filtered view and a single finding can be linked to."""
    browser.open(page)
    choose(browser, "POST /calls")
    browser.click("[data-toggle=doc]")
    fragment = browser.run("return location.hash")
    browser.open(page, fragment)
    assert shown(browser) == ["Requests must now hold 'locale'"]
    browser.open(page, f"#f-{ENUM.fingerprint}")
    assert browser.run("return document.querySelector('.finding[open]').id").endswith("3")
    assert "voicemail" in active(browser)


def test_everything_works_from_the_keyboard(browser: Browser, page: Path) -> None:
    """J and k move, Enter opens, a opens all, ? shows help."""
    browser.open(page)
    browser.type("j", "j")
    assert "Requests must" in active(browser) or "operationId" in active(browser)
    browser.type("k", "Enter")
    assert "Stop reading 'duration'" in browser.texts(".finding[open] .remedy")[0]
    browser.type("a")
    assert len(browser.texts(".finding[open] .body")) == 6
    assert browser.texts("#all") == ["Close all"]
    browser.type("?")
    assert "next and previous finding" in browser.texts("dialog dd")
    browser.type("Escape")
    assert browser.texts("dialog") == []
    browser.type("a")
    assert browser.texts(".finding[open] .body") == []


def test_tab_leads_through_the_page_in_order(browser: Browser, page: Path) -> None:
    """The first stop skips to the findings, the next ones are buttons and filters."""
    browser.open(page)
    stops = []
    for _ in range(5):
        browser.type("Tab")
        stops.append(active(browser).split("\n")[0].strip())
    assert stops[:3] == ["Skip to the findings", "Keys", "Dark"]
    assert "breaking" in stops[3]


def test_an_open_finding_shows_values_and_code(browser: Browser, page: Path) -> None:
    """Old and new value side by side, and each call site's line with the name marked."""
    browser.open(page, f"#f-{REMOVED.fingerprint}")
    finding = f"#f-{REMOVED.fingerprint} "
    before, after = browser.texts(finding + ".values figure")
    assert '"type": "integer"' in before
    assert "(absent)" in after
    assert browser.texts(finding + ".site figcaption code")[0] == "app/jobs.py:14:12"
    assert browser.texts(finding + "mark") == ["duration"] * 3
    assert "total += call.duration" in browser.texts(finding + ".site pre")[1]
    boxes = browser.run(
        "return [...document.querySelectorAll(arguments[0])].map((e) => e.getBoundingClientRect())",
        finding + ".values figure",
    )
    assert boxes[0]["y"] == boxes[1]["y"]
    assert boxes[0]["right"] <= boxes[1]["x"]


def test_changed_lines_are_marked_and_others_are_not(browser: Browser, page: Path) -> None:
    """In two long values only the differing lines are marked."""
    browser.open(page)
    browser.type("a")
    assert browser.texts("#f-0000000000000003 ins") == ['+   "voicemail"']
    assert browser.texts("#f-0000000000000003 del") == []


@pytest.mark.parametrize("width", [320, 375, 768, 1200])
def test_no_width_scrolls_sideways(browser: Browser, page: Path, width: int) -> None:
    """On a phone the values are stacked, and long lines scroll in their box."""
    browser.emulate(width=width)
    browser.open(page)
    browser.type("a")
    assert browser.run("return document.documentElement.scrollWidth") == width


CONTRAST = """
const parse = (text) => text.match(/[\\d.]+/g).map(Number);
const light = (c) => c.slice(0, 3).map((v) => v / 255)
  .map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
  .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
const behind = (e) => {
  for (; e; e = e.parentElement) {
    const c = parse(getComputedStyle(e).backgroundColor);
    if (c.length < 4 || c[3] > 0) return c;
  }
  return [255, 255, 255];
};
const found = [];
for (const e of document.querySelectorAll("body *")) {
  const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
  if (!own || !e.checkVisibility() || e.closest("script, .skip")) continue;
  const [a, b] = [light(parse(getComputedStyle(e).color)), light(behind(e))];
  const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  if (ratio < 4.5) found.push([e.className, e.textContent.slice(0, 30), ratio]);
}
return found;
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_is_readable_in_both_schemes(browser: Browser, page: Path, scheme: str) -> None:
    """All text has the contrast of WCAG AA (4.5 to 1), also with a level switched off."""
    browser.emulate(prefers_color_scheme=scheme)
    browser.open(page)
    browser.click("[data-toggle=doc]")
    browser.type("a")
    assert browser.run(CONTRAST) == []


def test_the_scheme_can_be_switched(browser: Browser, page: Path) -> None:
    """The button inverts the system's choice, and back."""
    browser.open(page)
    colour = "return getComputedStyle(document.body).backgroundColor"
    light = browser.run(colour)
    browser.click("#theme")
    dark = browser.run(colour)
    assert dark != light
    assert browser.texts("#theme") == ["Light"]
    browser.click("#theme")
    assert browser.run(colour) == light


@pytest.mark.parametrize("attack", ATTACKS)
def test_hostile_text_is_only_text(browser: Browser, tmp_path: Path, attack: str) -> None:
    """It runs no script, creates no element, and the page stays readable."""
    browser.open(written(tmp_path, Review(hostile(attack), code_checked=True)))
    browser.type("a")
    assert browser.run("return document.title").startswith("2 breaking: ")
    made = "return document.querySelectorAll('body img, body svg, body a:not(.skip)').length"
    assert browser.run(made) == 0
    assert browser.run("return document.scripts.length") == 1
    assert len(shown(browser)) == 2


def test_the_page_asks_for_nothing_and_allows_nothing(browser: Browser, tmp_path: Path) -> None:
    """It loads no resource, and its policy blocks scripts other than its own."""
    browser.open(written(tmp_path, FULL))
    assert browser.run("return performance.getEntriesByType('resource').length") == 0
    inject = """
        const script = document.createElement('script');
        script.textContent = "document.title = 'ran'";
        document.body.append(script);
        return document.title"""
    assert browser.run(inject) != "ran"


def test_suppressed_findings_and_notes_are_shown(browser: Browser, tmp_path: Path) -> None:
    """Ignored findings stay visible with their reason, and stale entries are named."""
    browser.open(written(tmp_path, SUPPRESSED))
    assert browser.texts(".notes li") == [SUPPRESSED.notes[0]]
    browser.click(".suppressed summary")
    assert "Unknown values count as ended." in browser.texts(".suppressed li")[0]


def test_the_ignore_entry_can_be_copied(browser: Browser, page: Path) -> None:
    """The button copies an entry for the ignore file with this finding's fingerprint."""
    browser.open(page, f"#f-{REMOVED.fingerprint}")
    copied: Any = browser.run(
        "window.prompt = (_, text) => { window.copied = text; };"
        "navigator.clipboard.writeText = () => Promise.reject(new Error('refused'));"
        "document.querySelector('.finding[open] .copy').click();"
        "return new Promise((done) => setTimeout(() => done(window.copied)))"
    )
    assert f'fingerprint = "{REMOVED.fingerprint}"' in copied


def test_an_empty_report_says_so(browser: Browser, tmp_path: Path) -> None:
    """A report without findings says that there are no differences."""
    browser.open(written(tmp_path, Review(Report(REPORT.old, REPORT.new))))
    assert browser.texts(".empty") == ["Nothing to show: no differences."]
