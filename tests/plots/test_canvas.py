import logging
import warnings

import pytest

from govtext.errors import InputError
from govtext.plots import canvas


@pytest.fixture
def no_font(monkeypatch):
    canvas.chinese_font.cache_clear()
    monkeypatch.setattr(canvas, "_FAMILIES", ())
    yield
    canvas.chinese_font.cache_clear()


def test_no_font_is_said_once(no_font, caplog):
    with caplog.at_level(logging.WARNING, logger="govtext"):
        assert canvas.chinese_font() is None
        assert canvas.chinese_font() is None
    [record] = caplog.records
    assert "no font with Chinese letters" in record.message
    assert "fonts-noto-cjk" in record.message


def test_chinese_is_drawn_without_boxes(tmp_path):
    canvas.chinese_font.cache_clear()
    if canvas.chinese_font() is None:
        pytest.skip("no font with Chinese letters is installed")
    figure = canvas.new_figure(3, 2)
    figure.add_subplot().set_title("监督 12 项")
    canvas.letter(figure)
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # matplotlib warns of every character it has no glyph for
        png, svg = canvas.save_png_and_svg(figure, tmp_path / "a")
    assert png.read_bytes().startswith(b"\x89PNG")
    assert "<text" not in svg.read_text(encoding="utf-8")


def test_a_place_that_cannot_be_written_to(tmp_path):
    with pytest.raises(InputError, match="cannot be written"):
        canvas.save_png_and_svg(canvas.new_figure(1, 1), tmp_path / "none" / "a")
