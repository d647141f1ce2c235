import warnings

import pytest

from govtext.digests.plots import function_bars, same_figures
from govtext.plots import canvas


def letters(figure):
    import matplotlib.text

    return " ".join(item.get_text() for item in figure.findobj(matplotlib.text.Text))


@pytest.fixture(params=[True, False], ids=["with a font", "without"])
def chinese(request, monkeypatch):
    canvas.chinese_font.cache_clear()
    if not request.param:
        monkeypatch.setattr(canvas, "_FAMILIES", ())
    elif canvas.chinese_font() is None:
        pytest.skip("no font with Chinese letters is installed")
    yield request.param
    canvas.chinese_font.cache_clear()


def test_bars_and_figures(years, chinese, tmp_path):
    bars, rows = function_bars(years.reports), same_figures(years.reports)
    assert ("监督" in letters(bars)) == chinese
    assert ("supervision" in letters(bars)) != chinese
    assert ("专项工作报告" in letters(rows)) == chinese
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        canvas.save_png_and_svg(bars, tmp_path / "bars")
        canvas.save_png_and_svg(rows, tmp_path / "rows")


def test_pictures_of_a_digest(years, page, tmp_path):
    names = [path.name for path in years.save_plots(tmp_path / "new")]
    assert names == ["functions.png", "functions.svg", "figures.png", "figures.svg"]
    assert [path.name for path in page.save_plots(tmp_path)] == ["functions.png", "functions.svg"]
