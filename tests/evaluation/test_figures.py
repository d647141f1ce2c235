from govtext.evaluation.figures import Figure, score_by_either, score_figures


def test_partial_agreement_is_counted_apart():
    truth = [Figure("18", "个", "报告", "听取"), Figure("3", "次", "“视察”", None)]
    guess = [
        Figure("3", "次", "视察", "组织"),
        Figure("18", "个", "专项报告", "听取"),
        Figure("9", "件", "", None),
    ]
    scores = score_figures([(truth, guess), ([], [])])
    assert (scores.marked, scores.found) == (2, 3)
    assert (scores.quantity, scores.object, scores.nearly, scores.action) == (2, 1, 2, 1)
    assert scores.precision(scores.quantity) == 2 / 3
    assert scores.recall(scores.quantity) == 1.0


def test_a_found_figure_is_paired_once():
    figure = Figure("1", "件", "提案", None)
    scores = score_figures([([figure, figure], [figure])])
    assert (scores.quantity, scores.recall(scores.quantity)) == (1, 0.5)


def test_nothing_at_all():
    scores = score_figures([])
    assert scores.precision(scores.quantity) == scores.recall(scores.quantity) == 0.0


def test_right_is_what_agrees_with_either():
    first = [Figure("18", "个", "报告", "听取"), Figure("2", "项", "", None)]
    second = [Figure("18", "个", "专项报告", None), Figure("6", "件", "决定", None)]
    guess = [Figure("18", "个", "专项报告", "听取"), Figure("6", "件", "", None)]
    scores = score_by_either([(first, second, guess)])
    # The 2项 that only the first marked is no fault to leave out, the 6件 none to find.
    assert (scores.marked, scores.found, scores.quantity) == (2, 2, 2)
    assert (scores.object, scores.action) == (1, 2)


def test_a_figure_that_neither_marked_is_a_fault():
    figure = Figure("18", "个", "报告", None)
    scores = score_by_either([([figure], [figure], [figure, Figure("1", "年", "", None)])])
    assert (scores.marked, scores.found, scores.quantity) == (1, 2, 1)
