"""The page as a file: whole, self-contained, and safe whatever stands in the report."""

import base64
import hashlib
import re

import lxml.html
from hypothesis import given, settings
from hypothesis import strategies as st

import govtext
from govtext.digests.render import render_page

HOSTILE = """\
</title><script>hacked=1</script>县人大工作报告

一、<b onclick="hacked=2">监督</b>

听取<script>hacked=3</script>报告3项 & 检查"{{ 7*7 }}"{% raw %}2次。<img src=x onerror=hacked=4>督促'整改'4件。javascript:hacked=5 &lt;i&gt;。
"""


def document(html):
    return lxml.html.document_fromstring(html.encode())


def test_links_lead_somewhere(page):
    tree = document(page.html)
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    targets = [href[1:] for href in tree.xpath("//a/@href") if href.startswith("#")]
    assert targets
    assert set(targets) <= set(ids)
    assert set(" ".join(tree.xpath("//@aria-labelledby")).split()) <= set(ids)


def test_nothing_comes_from_outside(page):
    tree = document(page.html)
    assert not tree.xpath("//link | //img | //iframe | //@src | //@style | //@onclick")
    hrefs = tree.xpath("//a/@href")
    assert {href.split(":")[0] for href in hrefs if not href.startswith("#")} == set()
    assert not re.search(r"https?://", page.html)


def test_policy_names_the_style_and_the_script_of_the_page(page):
    tree = document(page.html)
    [policy] = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    for tag in ("style", "script"):
        [content] = re.findall(f"<{tag}>(.*?)</{tag}>", page.html, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy


def test_hostile_text_stays_text():
    [report] = govtext.read_reports(text=HOSTILE)
    html = govtext.digest(report).html
    tree = document(html)
    assert len(tree.xpath("//script")) == 1
    assert not tree.xpath("//img | //*[@onclick or @onerror]")
    text = "".join(tree.xpath("//section[contains(@class,'fulltext')]")[0].itertext())
    for line in (
        '听取<script>hacked=3</script>报告3项 & 检查"{{ 7*7 }}"{% raw %}2次。',
        "&lt;i&gt;",
    ):
        assert line in text


@given(st.text(alphabet="听取报告<>&\"'`{}%#/\\=。，！？ 3\u2028\u00a0", min_size=1, max_size=60))
@settings(max_examples=25, deadline=None)
def test_any_sentence_comes_back_as_it_was(text):
    [report] = govtext.read_reports(text=f"听取报告。{text}完。")
    view = govtext.digest(report).reports[0]
    tree = document(render_page([view]))
    shown = ["".join(s.itertext()) for s in tree.xpath("//span[contains(@class,'s f')]")]
    assert [" ".join(s.split()) for s in shown] == [
        " ".join(s.text.split()) for s in report.sentences()
    ]


def test_uncertain_sentences_are_told_in_words(view, page):
    tree = document(page.html)
    marked = tree.xpath("//span[contains(@class,'s f') and contains(@class,' u')]")
    assert len(marked) == view.uncertain_count > 0
    tags = [span.getprevious() for span in marked]
    assert all("存疑" in tag.text_content() for tag in tags)


def test_a_page_of_twenty_thousand_characters_is_under_a_megabyte():
    paragraph = "听取和审议专项工作报告18项，开展执法检查3次。召开协商座谈会5场，听取意见120条。"
    text = "青屿县人大工作报告\n\n" + f"{paragraph * 12}\n" * (20_000 // len(paragraph) // 12 + 1)
    [report] = govtext.read_reports(text=text)
    assert len(report.text) >= 20_000
    assert len(govtext.digest(report).html.encode()) < 1_000_000
