"""The page in a real browser: headless Chromium, driven by Selenium."""

from __future__ import annotations

import base64
import io
import json
import shutil
import unicodedata
from pathlib import Path

import pytest
from pypdf import PdfReader

import govtext
from govtext.figures import figures_by_function
from govtext.keyfigures.export import figure_row, write_csv

from .conftest import text_of
from .test_render import HOSTILE

webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.common.keys import Keys  # noqa: E402
from selenium.webdriver.support.select import Select  # noqa: E402
from selenium.webdriver.support.wait import WebDriverWait  # noqa: E402

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
AXE = Path(__file__).parents[2] / "build" / "axe" / "node_modules" / "axe-core" / "axe.min.js"
OPTIONS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync "
    "--disable-background-networking --disable-component-update --window-size=1400,900"
)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="chromium or its driver is not installed"),
]


@pytest.fixture(scope="module")
def chromium(tmp_path_factory):
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for option in OPTIONS.split():
        options.add_argument(option)
    options.add_argument(f"--user-data-dir={tmp_path_factory.mktemp('chromium')}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    yield driver
    driver.quit()


@pytest.fixture
def show(chromium, tmp_path):
    """Return a function that opens HTML at a width and in a colour scheme."""

    def opened(html, *, width=1400, height=900, scheme="light", fragment=""):
        path = tmp_path / "page.html"
        path.write_text(html, encoding="utf-8")
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        chromium.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
        chromium.get("about:blank")
        chromium.get_log("browser")
        chromium.get(f"{path.as_uri()}{fragment}")
        return chromium

    return opened


def shown(driver, css):
    return [e for e in driver.find_elements(By.CSS_SELECTOR, css) if e.is_displayed()]


def in_sight(driver, element):
    """Tell whether an element lies inside the window and inside the pane that scrolls it."""
    return driver.execute_script(
        """
        const box = arguments[0].getBoundingClientRect();
        const pane = arguments[0].closest('.fulltext');
        const frame = pane ? pane.getBoundingClientRect() : { top: 0, bottom: innerHeight };
        return box.bottom > Math.max(0, frame.top) && box.top < Math.min(innerHeight, frame.bottom);
        """,
        element,
    )


def focused(driver):
    return driver.switch_to.active_element.get_attribute("id")


def wait_for_focus(driver, anchor):
    """Wait until a jump has brought the focus along: the browser tells of it a moment later."""
    WebDriverWait(driver, 60).until(lambda d: focused(d) == anchor)


def press(driver, *keys):
    driver.switch_to.active_element.send_keys(*keys)


@pytest.fixture(scope="module")
def long_page():
    """Return the page of the report that ships."""
    return govtext.digest(govtext.example_report()).html


def test_the_questions_of_a_reader_are_answered(show, page, view):
    driver = show(page.html)
    supervision = view.functions[0]
    row = shown(driver, ".overview tr.f0")[0].text.split()
    assert row[:2] == ["监督", f"{supervision.share:.0%}"]
    [heard] = [r for r in shown(driver, "#r1-0 .figures tr") if "专项工作报告" in r.text]
    assert "18" in heard.text and "项" in heard.text
    link = heard.find_element(By.TAG_NAME, "a")
    link.click()
    wait_for_focus(driver, link.get_attribute("hash")[1:])
    assert "听取和审议专项工作报告18项" in driver.switch_to.active_element.text


def test_statements_lead_to_their_sources_and_back(show, long_page):
    driver = show(long_page)
    links = driver.find_elements(By.CSS_SELECTOR, "a.statement")
    assert links
    for link in links:
        statement, target = link.get_attribute("id"), link.get_attribute("hash")[1:]
        link.send_keys(Keys.ENTER)
        wait_for_focus(driver, target)
        assert in_sight(driver, driver.switch_to.active_element)
        back = driver.find_element(By.CSS_SELECTOR, f"#{target} + .backs a[href='#{statement}']")
        back.send_keys(Keys.ENTER)
        wait_for_focus(driver, statement)
        assert in_sight(driver, driver.switch_to.active_element)


def test_a_link_to_a_sentence_opens_at_it(show, long_page):
    driver = show(long_page, fragment="#r1-s70")
    wait_for_focus(driver, "r1-s70")
    assert in_sight(driver, driver.switch_to.active_element)


def test_filter_by_function(show, view, page):
    driver = show(page.html)
    everything = len(shown(driver, ".s"))
    assert everything == view.sentence_count
    driver.find_element(By.CSS_SELECTOR, "input[name=function][value='0']").click()
    assert (
        len(shown(driver, ".s")) == len(shown(driver, ".s.f0")) == len(view.functions[0].sentences)
    )
    assert [part.get_attribute("id") for part in shown(driver, ".function")] == ["r1-0"]
    assert not shown(driver, ".backs") or shown(driver, ".s.f0 + .backs")
    headings = [line.text for line in shown(driver, ".fulltext h3")]
    assert "一、依法监督" in headings
    assert "显示" in driver.find_element(By.ID, "say").get_attribute("textContent")
    driver.find_element(By.CSS_SELECTOR, "input[name=function][value='2']").click()
    both = len(view.functions[0].sentences) + len(view.functions[2].sentences)
    assert len(shown(driver, ".s")) == both
    for value in ("0", "2"):
        driver.find_element(By.CSS_SELECTOR, f"input[name=function][value='{value}']").click()
    assert len(shown(driver, ".s")) == everything


def test_headings_above_a_kept_sentence_stay(show):
    text = """\
青屿县人大工作报告

一、依法监督

（一）听取报告

听取和审议专项工作报告18项。

（二）培训代表

举办代表履职培训班6期。

二、培训

举办代表履职培训班8期。
"""
    [report] = govtext.read_reports(text=text)
    assert [section.level for section in report.sections] == [1, 2, 2, 1]
    driver = show(govtext.digest(report).html)
    driver.find_element(By.CSS_SELECTOR, "input[name=function][value='0']").click()
    lines = [line.text for line in shown(driver, ".fulltext .line")]
    assert lines == ["一、依法监督", "（一）听取报告"]


def test_uncertain_sentences_alone(show, view, page):
    driver = show(page.html)
    driver.find_element(By.NAME, "uncertain").click()
    assert len(shown(driver, ".s")) == len(shown(driver, ".s.u")) == view.uncertain_count > 0


def test_a_jump_to_what_the_filter_hides_shows_it(show, page):
    driver = show(page.html)
    driver.find_element(By.CSS_SELECTOR, "input[name=function][value='3']").click()
    assert not shown(driver, "#r1-s1")
    statement = shown(driver, ".overview a.statement")[0]
    statement.click()
    wait_for_focus(driver, statement.get_attribute("hash")[1:])
    assert shown(driver, f"#{focused(driver)}")
    assert not driver.find_element(By.CSS_SELECTOR, "input[name=function][value='3']").is_selected()


def test_search(show, long_page):
    driver = show(long_page)
    box, hits = driver.find_element(By.ID, "query"), driver.find_element(By.ID, "hits")
    box.send_keys("代表")
    found = len(driver.find_elements(By.CSS_SELECTOR, ".has-hit"))
    assert found > 3
    assert hits.text == f"{found} 处"
    assert all("代表" in e.text for e in driver.find_elements(By.CSS_SELECTOR, ".has-hit"))
    seen = []
    for step in range(1, 4):
        box.send_keys(Keys.ENTER)
        assert hits.text == f"{step} / {found}"
        [now] = driver.find_elements(By.CSS_SELECTOR, ".now")
        assert in_sight(driver, now)
        seen.append(now.get_attribute("id") or now.text)
    assert len(set(seen)) == 3
    box.send_keys(Keys.SHIFT, Keys.ENTER)
    assert hits.text == f"2 / {found}"
    box.send_keys(Keys.NULL, Keys.ESCAPE)
    assert not driver.find_elements(By.CSS_SELECTOR, ".has-hit")
    box.send_keys("量子纠缠")
    assert hits.text == "没有"
    assert not driver.find_element(By.ID, "next").is_enabled()


def test_search_takes_wide_and_narrow_digits_alike(show):
    [report] = govtext.read_reports(text="听取专项工作报告１８项。召开座谈会2场。")
    driver = show(govtext.digest(report).html)
    driver.find_element(By.ID, "query").send_keys("18项")
    assert [e.text for e in driver.find_elements(By.CSS_SELECTOR, ".has-hit")] == [
        "听取专项工作报告１８项。"
    ]


def test_keyboard_alone(show, page):
    driver = show(page.html)
    reached = []
    for _ in range(120):
        press(driver, Keys.TAB)
        element = driver.switch_to.active_element
        reached.append(element.get_attribute("id") or element.get_attribute("name"))
        if element.get_attribute("class").startswith("s f"):
            break
    assert reached.count("function") == 5
    assert {"query", "theme", "uncertain", "r1-s1"} <= set(reached)
    tip = driver.find_element(By.ID, "tip")
    assert tip.is_displayed() and "%" in tip.text
    assert driver.switch_to.active_element.get_attribute("aria-describedby") == "tip"
    press(driver, Keys.ARROW_DOWN)
    assert focused(driver) == "r1-s2"
    assert "%" in tip.text
    press(driver, Keys.ESCAPE)
    assert not tip.is_displayed()
    press(driver, Keys.ARROW_UP)
    assert focused(driver) == "r1-s1"
    box = driver.find_element(By.CSS_SELECTOR, "input[name=function][value='0']")
    box.send_keys(Keys.SPACE)
    assert box.is_selected()


def test_score_on_hover(show, page, view):
    driver = show(page.html)
    sentence = driver.find_element(By.ID, "r1-s2")
    webdriver.ActionChains(driver).move_to_element(sentence).perform()
    tip = driver.find_element(By.ID, "tip")
    second = list(view.sentences())[1]
    assert tip.text.startswith(f"{second.label.name} {max(second.shares)}%")
    webdriver.ActionChains(driver).move_to_element(driver.find_element(By.TAG_NAME, "h1")).perform()
    assert not tip.is_displayed()


def test_print_on_a4(show, page):
    driver = show(page.html)
    printed = driver.execute_cdp_cmd(
        "Page.printToPDF", {"preferCSSPageSize": True, "printBackground": True}
    )
    pdf = PdfReader(io.BytesIO(base64.b64decode(printed["data"])))
    width, height = pdf.pages[0].mediabox.width, pdf.pages[0].mediabox.height
    assert (round(width), round(height)) == (595, 842)
    # A PDF may hold 文 as the radical ⽂, which looks the same.
    raw = "".join(sheet.extract_text() for sheet in pdf.pages)
    text = "".join(unicodedata.normalize("NFKC", raw).split())
    for words in ("全文摘要", "听取和审议专项工作报告18项", "举办代表履职培训班6期", "1/"):
        assert words in text
    assert "跟随系统" not in text and "检索全文" not in text and "↩" not in text


def test_paper_has_the_letters_of_the_screen(show, page):
    driver = show(page.html)
    look = """
        return ['.summary', 'td', '.s', 'h1'].map(what => {
          const style = getComputedStyle(document.querySelector(what));
          return [style.fontFamily, style.fontWeight];
        });
    """
    screen = driver.execute_script(look)
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    assert driver.execute_script(look) == screen
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


@pytest.mark.parametrize("width", [320, 390, 768, 1100])
def test_narrow_screens_scroll_one_way_only(show, long_page, years, width):
    for html in (long_page, years.html):
        driver = show(html, width=width, height=700)
        wide = driver.execute_script("return document.documentElement.scrollWidth")
        assert wide <= width


def test_day_and_night(show, page):
    def ground(driver):
        return driver.execute_script("return getComputedStyle(document.body).backgroundColor")

    day, night = "rgb(251, 250, 247)", "rgb(22, 24, 28)"
    assert ground(show(page.html)) == day
    driver = show(page.html, scheme="dark")
    assert ground(driver) == night
    Select(driver.find_element(By.ID, "theme")).select_by_value("light")
    assert ground(driver) == day
    driver = show(page.html)
    Select(driver.find_element(By.ID, "theme")).select_by_value("dark")
    assert ground(driver) == night


def test_figures_are_saved_as_the_command_writes_them(show, report, page, tmp_path):
    rows = [
        figure_row(figure, function=function, report=report.title)
        for function, figure in figures_by_function(report)
    ]
    write_csv(rows, tmp_path / "a.csv")
    table = (tmp_path / "a.csv").read_bytes().decode("utf-8")
    driver = show(page.html)
    driver.execute_script(
        """
        window.saved = {};
        URL.createObjectURL = (blob) => { window.blob = blob; return 'about:blank#'; };
        HTMLAnchorElement.prototype.click = function () {
          const name = this.download;
          window.pending = window.blob.arrayBuffer().then((bytes) => {
            window.saved[name] = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
          });
        };
        """
    )
    for kind in ("csv", "json"):
        driver.find_element(By.CSS_SELECTOR, f"[data-save={kind}]").click()
        driver.execute_async_script("window.pending.then(arguments[0])")
    saved = driver.execute_script("return window.saved")
    assert saved[f"{report.title}.csv"] == table
    assert json.loads(saved[f"{report.title}.json"]) == rows


def test_nothing_is_loaded_and_nothing_complained_of(show, page, years):
    for html in (page.html, years.html):
        driver = show(html)
        assert driver.get_log("browser") == []
        assert driver.execute_script("return performance.getEntriesByType('resource').length") == 0


def test_hostile_text_does_nothing(show):
    [report] = govtext.read_reports(text=HOSTILE)
    driver = show(govtext.digest(report).html)
    assert driver.execute_script("return typeof window.hacked") == "undefined"
    assert "<script>hacked=3</script>" in driver.find_element(By.CSS_SELECTOR, ".fulltext").text
    driver.find_element(By.ID, "query").send_keys("<script>")
    assert driver.find_elements(By.CSS_SELECTOR, ".has-hit")
    assert driver.execute_script("return typeof window.hacked") == "undefined"
    assert driver.get_log("browser") == []


def test_the_policy_stops_a_script_that_got_in(show, page):
    html = page.html.replace("</main>", "<script>window.hacked = 1</script></main>")
    driver = show(html)
    assert driver.execute_script("return typeof window.hacked") == "undefined"


def test_five_thousand_sentences(show):
    lines = [
        "".join(f"听取第{100 * i + j}号工作报告{j}项。" for j in range(100)) for i in range(50)
    ]
    [report] = govtext.read_reports(text="青屿县人大工作报告\n\n" + "\n\n".join(lines))
    assert len(report.sentences()) == 5000
    driver = show(govtext.digest(report).html)
    driver.find_element(By.ID, "query").send_keys("第4321号")
    driver.find_element(By.ID, "next").click()
    [now] = driver.find_elements(By.CSS_SELECTOR, ".now")
    assert "第4321号" in now.text and in_sight(driver, now)
    driver.find_element(By.NAME, "uncertain").click()
    assert (
        driver.execute_script("return document.querySelectorAll('.s:not(.u):not([hidden])').length")
        == 0
    )


def test_several_reports_are_shown_one_at_a_time(show, years):
    driver = show(years.html)
    assert [part.get_attribute("id") for part in shown(driver, ".comparison, .report")] == [
        "comparison"
    ]
    [title] = [a for a in shown(driver, ".changes a") if a.text == "《渔业法》"]
    title.click()
    wait_for_focus(driver, title.get_attribute("hash")[1:])
    assert [part.get_attribute("id") for part in shown(driver, ".comparison, .report")] == ["r1"]
    assert "《渔业法》" in driver.switch_to.active_element.text
    shown(driver, ".reports a")[0].click()
    wait_for_focus(driver, "comparison")
    assert shown(driver, ".comparison")
    assert not shown(driver, ".filters")


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    folder = tmp_path_factory.mktemp("many")
    files = []
    for year in (2022, 2021, 2023):
        files.append(folder / f"r{year}.txt")
        files[-1].write_text(text_of(year), encoding="utf-8")
    bad = folder / "bad.txt"
    bad.write_bytes(b"\x00")
    return govtext.digest_folder([*files, bad], folder / "out").index


def test_index_finds_orders_and_leads_on(chromium, show, index):
    driver = show("<p>")
    driver.get(index.as_uri())
    assert "bad.txt" in shown(driver, ".failures")[0].text
    Select(driver.find_element(By.ID, "order")).select_by_value("year")
    years = [card.get_attribute("data-year") for card in shown(driver, "#cards > li")]
    assert years == ["2021", "2022", "2023"]
    driver.find_element(By.ID, "which").send_keys("2023")
    [card] = shown(driver, "#cards > li")
    card.find_element(By.TAG_NAME, "a").click()
    assert "2023" in driver.title
    shown(driver, ".home")[0].click()
    assert driver.current_url.endswith("index.html")


@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed: see .ci/run")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("which", ["page", "example", "years", "index", "narrow"])
def test_axe_finds_no_serious_fault(show, page, long_page, years, index, which, scheme):
    pages = {"page": page.html, "years": years.html, "index": index.read_text(encoding="utf-8")}
    driver = show(
        pages.get(which, long_page), scheme=scheme, width=390 if which == "narrow" else 1400
    )
    driver.execute_script(AXE.read_text(encoding="utf-8"))
    found = driver.execute_async_script("axe.run().then(arguments[0])")
    assert len(found["passes"]) > 15
    serious = [
        (
            fault["id"],
            [node["html"][:200] for node in fault["nodes"][:3]],
            fault["nodes"][0]["failureSummary"],
        )
        for fault in found["violations"]
        if fault["impact"] in ("serious", "critical")
    ]
    assert serious == []
