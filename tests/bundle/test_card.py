from govtext.bundle.card import Card, write_card


def test_a_card_tells_where_a_model_comes_from(tmp_path):
    card = Card(
        title="tiny",
        summary="Labels sentences.",
        use='govtext.predict("…")',
        data=[("train", "10", "abc")],
        figures=[("macro-F1 | all", "0.9")],
        limits=["Small."],
        provenance={"seed": "0"},
    )
    write_card(tmp_path, card)
    text = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert text.startswith("---\nlicense: apache-2.0\n")
    assert "| train | 10 | abc |" in text
    assert r"| macro-F1 \| all | 0.9 |" in text
    assert "- Small." in text
    assert "| seed | 0 |" in text
