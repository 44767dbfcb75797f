"""The merit order against the plain definition with fractions."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from naru.domain.ranking import draw, merit_order
from naru.domain.scoring import Score

ROW = st.tuples(st.integers(0, 2), st.integers(1, 4), st.integers(0, 4), st.integers(0, 4))


@settings(max_examples=500)
@given(st.lists(ROW, max_size=12), st.randoms())
def test_score_then_exact_means_then_lottery(rows, chance):
    scores = {
        f"a{n}": Score(
            steps=steps,
            base_steps=steps,
            pass_steps=steps,
            bonus=Fraction(0),
            mean=Fraction(0),
            sums=(first, second),
            sheets=sheets,
        )
        for n, (steps, sheets, first, second) in enumerate(rows)
    }

    def plain(key):
        score = scores[key]
        return (-score.steps, -score.criterion_mean(1), -score.criterion_mean(0), draw("s", key))

    shuffled = list(scores)
    chance.shuffle(shuffled)
    order = merit_order(
        {key: scores[key] for key in shuffled},
        order=("score", "second", "first", "lottery"),
        criteria=("first", "second"),
        seed="s",
    )
    assert list(order) == sorted(scores, key=plain)
