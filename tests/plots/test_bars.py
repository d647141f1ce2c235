import warnings

import pytest

from govtext.errors import InputError
from govtext.plots import canvas
from govtext.plots.bars import share_bars


def drawn(figure):
    axes = figure.axes[0]
    legend = [text.get_text() for text in figure.legends[0].get_texts()]
    names = [tick.get_text() for tick in axes.get_yticklabels()]
    return names, legend, [bar.get_width() for bar in axes.patches]


def test_counts_become_shares(monkeypatch):
    monkeypatch.setattr(canvas, "_FAMILIES", ())
    canvas.chinese_font.cache_clear()
    figure = share_bars(["supervision", "协商", "$x"], {"true": [3, 1, 0], "青屿": [1, 1, 2]})
    names, legend, widths = drawn(figure)
    assert names == ["true", "report 2"]
    assert legend == ["supervision", "label 2", r"\$x"]
    assert widths == pytest.approx([0.75, 0.25, 0.25, 0.25, 0, 0.5])
    canvas.chinese_font.cache_clear()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure.canvas.draw()


def test_chinese_names_where_there_is_a_font():
    canvas.chinese_font.cache_clear()
    if canvas.chinese_font() is None:
        pytest.skip("no font with Chinese letters is installed")
    names, legend, _ = drawn(share_bars(["supervision", "投诉"], {"青屿" * 20: [1, 1]}))
    assert legend == ["监督", "投诉"]
    assert len(names[0]) == 24 and names[0].endswith("…")


@pytest.mark.parametrize("bars", [{}, {"a": [1]}, {"a": [0, 0]}])
def test_bars_without_numbers(bars):
    with pytest.raises(InputError, match="each with 2 numbers"):
        share_bars(["a", "b"], bars)
