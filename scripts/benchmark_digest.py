"""Measure the digest page: how long it takes to make, how large it is, how fast it opens.

    python scripts/benchmark_digest.py [--repeat 5]

Makes the page of reports of about 4,000 and 20,000 characters, put together from the annotated
test reports, in processes of their own, so that loading the models counts; then opens each page
in headless Chromium, where that and Selenium are installed. The load of the machine is printed
with the figures: wall time says little without it.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
REPORTS = ROOT / "data" / "reports" / "test"
OPTIONS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync "
    "--disable-background-networking --disable-component-update"
)


def main() -> None:
    """Print a line for each length."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--repeat", type=int, default=5, help="openings of each, the median counts")
    repeat = parser.parse_args().repeat
    load = os.getloadavg()[0]
    print(f"{datetime.now():%Y-%m-%d %H:%M}, {os.cpu_count()} cores, load {load:.1f}")
    with tempfile.TemporaryDirectory() as folder:
        for length in (4_000, 20_000):
            report, page = Path(folder, f"{length}.txt"), Path(folder, f"{length}.html")
            report.write_text(text_of(length), encoding="utf-8")
            wall, processor = make(report, page)
            opened = opening(page, Path(folder, "profile"), repeat)
            print(
                f"{length:6} characters: made in {wall:.1f} s ({processor:.1f} s of processor), "
                f"{page.stat().st_size / 1000:.0f} kB, {opened}"
            )


def text_of(length: int) -> str:
    """Return a report of at least so many characters, with a title and headings."""
    from govtext.corpus.annotated import read_annotated_folder

    lines = ["青屿县人大常委会2023年工作报告"]
    for report in read_annotated_folder(REPORTS):
        for section in report.sections:
            lines += [section.heading or "", *(paragraph.text for paragraph in section.paragraphs)]
            if sum(map(len, lines)) >= length:
                return "\n\n".join(lines)
    raise SystemExit(f"{REPORTS}: holds fewer than {length} characters")


def make(report: Path, page: Path) -> tuple[float, float]:
    """Make the page in a new process; return wall and processor seconds."""
    code = "from govtext.cli.main import main; main()"
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", code, "digest", str(report), "-o", str(page)],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def opening(page: Path, profile: Path, repeat: int) -> str:
    """Return how long Chromium takes to open the page, by its own clock."""
    chromium, chromedriver = shutil.which("chromium"), shutil.which("chromedriver")
    if not (chromium and chromedriver):
        return "not opened: chromium or its driver is not installed"
    try:
        from selenium import webdriver
    except ModuleNotFoundError:
        return "not opened: selenium is not installed"
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for option in (*OPTIONS.split(), f"--user-data-dir={profile}"):
        options.add_argument(option)
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(chromedriver))
    try:
        times = [clock(driver, page) for _ in range(repeat + 1)][1:]
    finally:
        driver.quit()
    paint, load = (statistics.median(column) for column in zip(*times, strict=True))
    return f"first painted after {paint:.0f} ms, loaded after {load:.0f} ms"


def clock(driver: Any, page: Path) -> tuple[float, float]:
    """Return the milliseconds to the first paint of content and to the end of loading."""
    driver.get("about:blank")
    driver.get(page.as_uri())
    return driver.execute_async_script(
        """
        const done = arguments[0];
        const look = () => {
          const [paint] = performance.getEntriesByName("first-contentful-paint");
          const [page] = performance.getEntriesByType("navigation");
          if (paint && page.loadEventEnd) done([paint.startTime, page.loadEventEnd]);
          else setTimeout(look, 20);
        };
        look();
        """
    )


if __name__ == "__main__":
    main()
