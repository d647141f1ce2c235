from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govtext.errors import InputError, InputTypeError
from govtext.tracking import names
from govtext.tracking.backend import load_mlflow

load_mlflow()
validation = pytest.importorskip("mlflow.utils.validation")


@pytest.mark.parametrize("name", ["test/macro_f1", "train/loss", "model.lr", "test/f1/监督", "a b"])
def test_good_name_is_kept(name):
    assert names.safe_name(name) == name


@given(st.text())
def test_every_name_becomes_one_that_mlflow_takes(name):
    validation._validate_metric_name(names.safe_name(name))
    assert len(names.safe_name(name)) <= validation.MAX_ENTITY_KEY_LENGTH


@given(st.text(), st.text())
def test_two_names_never_fall_together(one, other):
    assert one == other or names.safe_name(one) != names.safe_name(other)


def test_long_name_is_shortened_and_stays_distinct():
    assert len(names.safe_name("x" * 300)) == 250
    assert names.safe_name("x" * 300) != names.safe_name("x" * 301)


def test_configuration_is_flattened():
    config = {
        "model": {"lr": 0.1, "head": {"k": None}},
        "名": ["a", "协商"],
        "on": True,
        "empty": {},
    }
    assert names.flatten(config) == {
        "model.lr": "0.1",
        "model.head.k": "null",
        "名": '["a", "协商"]',
        "on": "true",
        "empty": "{}",
    }


def test_values_become_plain():
    numpy = pytest.importorskip("numpy")
    value = {"n": numpy.int64(3), "b": numpy.True_, "a": numpy.eye(2), "t": (1, {2}), 4: "\ud800"}
    assert names.plain(value) == {
        "n": 3,
        "b": True,
        "a": [[1.0, 0.0], [0.0, 1.0]],
        "t": [1, [2]],
        "4": "\\ud800",
    }
    assert type(names.plain(numpy.float64(0.5))) is float


def test_long_parameter_says_where_the_whole_is():
    [value] = names.flatten({"labels": "x" * 6001}).values()
    assert value == "x" * 200 + "… [6001 characters in all; the whole is in config.yaml]"
    assert names.flatten({"labels": "x" * 6000}) == {"labels": "x" * 6000}


_nested = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=12,
)


@given(st.dictionaries(st.text(max_size=5), _nested, max_size=4))
def test_any_configuration_gives_parameters_that_mlflow_takes(config):
    for key, value in names.flatten(config).items():
        validation._validate_param(key, value)


def test_numbers_of_any_kind_are_metrics():
    numpy = pytest.importorskip("numpy")
    assert names.metric_value("a", numpy.float32(0.5)) == 0.5
    assert names.metric_value("a", True) == 1.0
    assert math.isnan(names.metric_value("a", float("nan")))


@pytest.mark.parametrize("value", [None, "0.5", [0.5], 1j])
def test_metric_that_is_no_number(value):
    with pytest.raises(InputTypeError, match="metric 'test/f1': a number is needed, not"):
        names.metric_value("test/f1", value)


@pytest.mark.parametrize("path", ["", ".", "/etc/x", "../x", "a/../../x", "a\\b"])
def test_artifact_outside_the_run(path):
    with pytest.raises(InputError, match="give a relative path such as figures/curve.png"):
        names.artifact_path(path)


def test_tags_are_fitted():
    assert names.safe_tags({"mlflow.user": "李", "command": "a \udcff"}) == {
        "mlflow.user": "李",
        "command": "a \\udcff",
    }


def test_tag_too_long():
    with pytest.raises(InputError, match="tag 'note': 8001 characters, at most 8000 are kept"):
        names.safe_tags({"note": "x" * 8001})
