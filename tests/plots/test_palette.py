"""The colours, measured: contrast by WCAG 2.2, distance as people with a dichromacy see it."""

import itertools

import numpy as np
import pytest

from govtext.plots.palette import NIGHT, PAPER, label_colours
from govtext.taxonomy import LABEL_IDS

# Machado, Oliveira and Fernandes (2009), severity 1.0, in linear RGB.
VISION = {
    "normal": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}  # fmt: skip
XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def linear(colour):
    value = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def contrast(one, other):
    low, high = sorted(float(linear(colour) @ XYZ[1]) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def lab(rgb):
    xyz = XYZ @ np.clip(rgb, 0, 1) / [0.9505, 1, 1.089]
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def test_contrast_is_computed_right():
    assert contrast("#000000", "#ffffff") == pytest.approx(21, abs=0.01)


@pytest.mark.parametrize(("shade", "ground"), [("light", PAPER), ("dark", NIGHT)])
def test_every_colour_is_readable_as_text(shade, ground):
    for colour in label_colours(LABEL_IDS):
        assert contrast(getattr(colour, shade), ground) >= 4.5


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize("shade", ["light", "dark"])
def test_colours_keep_apart(vision, shade):
    seen = [
        lab(np.array(VISION[vision]) @ linear(getattr(colour, shade)))
        for colour in label_colours(LABEL_IDS)
    ]
    for one, other in itertools.combinations(seen, 2):
        assert np.linalg.norm(one - other) >= 15


def test_labels_of_the_user_get_colours():
    assert len(label_colours([f"label {i}" for i in range(30)])) == 30
    assert len(set(label_colours(list("abcdefg")))) == 7
