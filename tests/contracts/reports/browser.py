"""Headless Chromium over the WebDriver protocol: JSON over HTTP, sent with httpx."""

from __future__ import annotations

import base64
import os
import re
import shutil
import subprocess
from typing import TYPE_CHECKING, Any, Self

import httpx

if TYPE_CHECKING:
    from pathlib import Path

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # the key in the W3C specification
KEYS = {"Enter": "\ue007", "Escape": "\ue00c", "Tab": "\ue004"}


def program(variable: str, *names: str) -> str:
    """Return the path of a program: from the environment, else the first one installed."""
    found = os.environ.get(variable) or next(filter(None, map(shutil.which, names)), None)
    assert found, f"{names[0]} is not installed: run `make browser`, or set {variable} to its path"
    return found


class Browser:
    """A page in its own browser; `with` stops browser and driver."""

    def __init__(self, profile: Path) -> None:
        chrome = program("CHROMIUM", "chromium", "chromium-browser", "google-chrome", "chrome")
        driver = program("CHROMEDRIVER", "chromedriver")
        self.process = subprocess.Popen(
            [driver, "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        self.http = httpx.Client(base_url=self._address(), timeout=60, trust_env=False)
        options = {"binary": chrome, "args": [*FLAGS, f"--user-data-dir={profile}"]}
        capabilities = {"alwaysMatch": {"goog:chromeOptions": options}}
        self.session = ""
        self.session = "/session/" + self.post("/session", capabilities=capabilities)["sessionId"]

    def _address(self) -> str:
        assert self.process.stdout
        for line in self.process.stdout:
            if found := re.search(r"started successfully on port (\d+)", line):
                return f"http://127.0.0.1:{found[1]}"
        raise AssertionError("chromedriver ended before it listened")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.http.delete(self.session)
        self.http.close()
        self.process.terminate()
        assert self.process.stdout
        self.process.stdout.close()
        self.process.wait(timeout=60)

    def post(self, path: str, **body: Any) -> Any:
        reply = self.http.post(self.session + path, json=body)
        value = reply.json()["value"]
        assert reply.is_success, value
        return value

    def open(self, page: Path, fragment: str = "") -> None:
        self.post("/url", url="about:blank")  # a fragment alone would not load the page again
        self.post("/url", url=page.as_uri() + fragment)

    def run(self, script: str, *args: Any) -> Any:
        """Run a function body in the page and return its result."""
        return self.post("/execute/sync", script=script, args=list(args))

    def texts(self, selector: str) -> list[str]:
        """Return the text of each visible element, whether painted yet or not."""
        script = """return [...document.querySelectorAll(arguments[0])]
            .filter((e) => e.checkVisibility())
            .map((e) => (e.innerText || e.textContent).trim())"""
        return self.run(script, selector)

    def click(self, selector: str) -> None:
        found = self.post("/element", using="css selector", value=selector)
        self.post(f"/element/{found[ELEMENT]}/click")

    def type(self, *keys: str) -> None:
        """Press keys one after another in the focused element."""
        strokes = [KEYS.get(key, key) for key in keys]
        actions = [{"type": kind, "value": k} for k in strokes for kind in ("keyDown", "keyUp")]
        self.post("/actions", actions=[{"type": "key", "id": "keyboard", "actions": actions}])

    def devtools(self, command: str, **params: Any) -> Any:
        return self.post("/goog/cdp/execute", cmd=command, params=params)

    def emulate(self, *, width: int = 1200, height: int = 900, **features: str) -> None:
        """Set the viewport size, and media features such as ``prefers_color_scheme``."""
        self.devtools(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )
        features = {
            "prefers_reduced_motion": "reduce"
        } | features  # clicks do not wait for scrolling
        named = [{"name": k.replace("_", "-"), "value": v} for k, v in features.items()]
        self.devtools("Emulation.setEmulatedMedia", media="", features=named)

    def screenshot(self, path: Path, *, whole: bool = False) -> None:
        shot = self.devtools("Page.captureScreenshot", captureBeyondViewport=whole)
        path.write_bytes(base64.b64decode(shot["data"]))
