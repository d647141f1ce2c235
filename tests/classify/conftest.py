from pathlib import Path

import pytest

from govtext.classify.training import train_linear
from govtext.config import ClassifierConfig
from govtext.corpus.examples import read_labelled
from govtext.taxonomy import LABEL_IDS


def config(**blocks):
    return ClassifierConfig.model_validate(
        {
            "name": "tiny",
            "output": "runs/tiny",
            "data": {"train": "unused"},
            "tracking": {"experiment": "e", "model": "m"},
            "features": {"min_count": 1, "chars": [1, 2], "words": [1, 1]},
            "model": {"calibration_folds": 2},
            **blocks,
        }
    )


@pytest.fixture
def sentences(reports_folder):
    return read_labelled(reports_folder)


@pytest.fixture
def classifier(sentences):
    return train_linear(sentences, LABEL_IDS, config())


@pytest.fixture
def model_folder(classifier, tmp_path) -> Path:
    folder = tmp_path / "model"
    classifier.save(folder)
    return folder
