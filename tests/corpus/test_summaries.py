"""The texts and summaries that training adds to those of the annotated reports."""

import json

import pytest

from govtext.corpus.annotated import read_annotated_folder
from govtext.corpus.check import CHARS
from govtext.corpus.duplicates import near_duplicates
from govtext.corpus.examples import read_pairs
from govtext.text.facts import unsupported
from govtext.text.ngrams import novel_bigrams
from govtext.text.repetition import repeats
from govtext.text.sentences import split_sentences
from tests.conftest import ROOT

SUMMARIES = ROOT / "data" / "summaries"
PUBLIC = ROOT / "data" / "public" / "summaries.jsonl"


@pytest.fixture(
    scope="module", params=["again.jsonl", "corrected.jsonl", "sentences.jsonl", "written.jsonl"]
)
def pairs(request):
    return read_pairs(SUMMARIES / request.param)


def test_they_keep_what_the_guideline_asks(pairs):
    for pair in pairs:
        low, high = CHARS[pair.kind]
        assert low <= len(pair.summary) <= high, pair.place
        assert pair.summary.endswith("。") == (pair.kind != "headline"), pair.place
        assert not repeats(pair.summary), pair.place
        assert unsupported(pair.summary, pair.text) == [], pair.place


def test_they_are_abstractive(pairs):
    # Corrections keep what was right of a model's summary.
    least = 0.25 if pairs[0].id.startswith("corrected/") else 0.35
    for kind in {pair.kind for pair in pairs}:
        counts = [novel_bigrams(pair.summary, pair.text) for pair in pairs if pair.kind == kind]
        assert sum(new for new, _ in counts) / sum(total for _, total in counts) >= least, kind


def test_none_is_of_a_held_out_report(pairs):
    held_out = [
        sentence.text
        for split in ("validation", "test")
        for report in read_annotated_folder(ROOT / "data" / "reports" / split)
        for paragraph in report.paragraphs()
        for sentence in paragraph.sentences
    ]
    learned = list({s for pair in pairs for s in split_sentences(pair.text) if len(s) >= 10})
    groups = ["held out"] * len(held_out) + ["learned"] * len(learned)
    assert near_duplicates([*held_out, *learned], groups) == []


def test_public_summaries_have_their_lengths():
    rows = [json.loads(line) for line in PUBLIC.read_text(encoding="utf-8").splitlines()]
    assert len(rows) > 1000
    for row in rows:
        low, high = CHARS[row["kind"]]
        assert low <= len(row["summary"]) <= high, row
