from pathlib import Path

import pytest

from govtext.classify.training import train_classifier
from govtext.config import ClassifierConfig
from govtext.corpus.examples import read_labelled
from govtext.taxonomy import LABEL_IDS

TFIDF = {"kind": "tfidf", "min_count": 1, "chars": [1, 2], "words": [1, 1]}
HASHED = {"kind": "hashed", "chars": [1, 2], "buckets": 4096}


def config(**blocks):
    return ClassifierConfig.model_validate(
        {
            "name": "tiny",
            "output": "runs/tiny",
            "data": {"train": "unused"},
            "tracking": {"experiment": "e", "model": "m"},
            "model": TFIDF,
            **blocks,
        }
    )


def train(sentences, labels=LABEL_IDS, *, out=Path("unused"), **blocks):
    classifier, _ = train_classifier(sentences, sentences, labels, config(**blocks), out=out)
    return classifier


@pytest.fixture
def sentences(reports_folder):
    return read_labelled(reports_folder)


@pytest.fixture
def classifier(sentences):
    return train(sentences)


@pytest.fixture
def model_folder(classifier, tmp_path) -> Path:
    folder = tmp_path / "model"
    classifier.save(folder)
    return folder
