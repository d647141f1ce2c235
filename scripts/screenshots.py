"""Take pictures of the MLflow page in a headless Chromium, to be looked at.

For each registered model: its page, the version that ships, the run that made it and the
experiment of that. Needs Chromium and its driver (Debian: apt-get install chromium
chromium-driver). Serves the store of the current folder itself, on a free port.

    python scripts/screenshots.py --out build/screenshots
"""

from __future__ import annotations

import argparse
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.by import By

from govtext.tracking import list_versions, read_run, registered_names
from govtext.tracking.champion import CHAMPION
from govtext.tracking.history import experiment_ids

WAIT_SECONDS = 300
# What hides the page's own words: the assistant's pane, and the rest of a long description.
FOLDED = (
    "//*[text()='MLflow Assistant']/ancestor::*[.//button][1]//button[last()]"
    " | //button[normalize-space()='Show more']"
)
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--window-size=1500,1300",
)


def main() -> None:
    """Parse the arguments and take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--out", type=Path, default=Path("build/screenshots"))
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    pages = _pages()
    with _served(options.out / "server.log") as address, _browser() as browser:
        for name, path in pages.items():
            target = options.out / f"{name}.png"
            _take(browser, f"{address}/#/{path}", target)
            print(target)


def _pages() -> dict[str, str]:
    """Return the name of each picture and the path of its page."""
    pages: dict[str, str] = {}
    for name in registered_names():
        versions = list_versions(name)
        shipped = next((v for v in versions if CHAMPION in v.aliases), versions[0])
        pages[f"{name}-model"] = f"models/{name}"
        pages[f"{name}-version"] = f"models/{name}/versions/{shipped.version}"
        if shipped.run_id:
            found = _pages_of_run(shipped.run_id)
            pages |= {f"{name}-{key}": path for key, path in found.items()}
    if not pages:
        sys.exit("no model is registered in the store; train one first: make demo")
    return {name: f"{path}?workflowType=machine_learning" for name, path in pages.items()}


def _pages_of_run(run_id: str) -> dict[str, str]:
    experiment = f"experiments/{experiment_ids()[read_run(run_id).experiment]}/runs"
    run = f"{experiment}/{run_id}"
    pages = {"experiment": experiment, "run": run, "metrics": f"{run}/model-metrics"}
    for path in ("figures/confusion_matrix_test.png", "figures/length_test.png", "mistakes.md"):
        pages[Path(path).stem] = f"{run}/artifacts/{path}"
    return pages


@contextmanager
def _served(log: Path) -> Iterator[str]:
    """Serve the store on a free port and return the address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    code = f"from govtext.tracking import serve_ui; serve_ui(port={port})"
    address = f"http://127.0.0.1:{port}"
    with log.open("wb") as file:
        server = subprocess.Popen([sys.executable, "-c", code], stdout=file, stderr=file)
        try:
            _wait_for(server, address, log)
            yield address
        finally:
            server.terminate()
            server.wait()


def _wait_for(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    end = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < end:
        if server.poll() is not None:
            sys.exit(f"the MLflow server ended by itself: {log.read_text().strip()}")
        try:
            with urllib.request.urlopen(f"{address}/health"):  # noqa: S310
                return
        except OSError:
            time.sleep(0.5)
    sys.exit(f"the MLflow server did not answer at {address} in {WAIT_SECONDS} s; see {log}")


@contextmanager
def _browser() -> Iterator[webdriver.Chrome]:
    programs = {name: shutil.which(name) for name in ("chromium", "chromedriver")}
    missing = [name for name, path in programs.items() if path is None]
    if missing:
        sys.exit(f"{' and '.join(missing)} not found; apt-get install chromium chromium-driver")
    options = webdriver.ChromeOptions()
    options.binary_location = str(programs["chromium"])
    with tempfile.TemporaryDirectory() as profile:
        for flag in (*FLAGS, f"--user-data-dir={profile}"):
            options.add_argument(flag)
        service = webdriver.ChromeService(executable_path=str(programs["chromedriver"]))
        browser = webdriver.Chrome(options=options, service=service)
        try:
            yield browser
        finally:
            browser.quit()


def _take(browser: webdriver.Chrome, address: str, target: Path) -> None:
    """Open a page, wait until it stands still, open what is folded, and take its picture."""
    browser.get("about:blank")
    browser.get(address)
    _settle(browser)
    for button in browser.find_elements(By.XPATH, FOLDED):
        try:
            browser.execute_script("arguments[0].click()", button)
        except WebDriverException:
            continue
    _settle(browser)
    browser.save_screenshot(str(target))


def _settle(browser: webdriver.Chrome) -> None:
    """Wait until the text of the page has not changed for two seconds."""
    end, before, since = time.monotonic() + WAIT_SECONDS, "", time.monotonic()
    while time.monotonic() < end:
        text = browser.find_element(By.TAG_NAME, "body").text
        if text != before or not text:
            before, since = text, time.monotonic()
        elif time.monotonic() - since > 2:
            return
        time.sleep(0.3)


if __name__ == "__main__":
    main()
