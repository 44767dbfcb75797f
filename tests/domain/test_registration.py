"""The business registration number's check digit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naru.domain.registration import check_digit, normalise, printed


@pytest.mark.parametrize("text", ["1234567891", "123-45-67891", " 123 45 67891 "])
def test_blanks_and_hyphens_do_not_matter(text):
    # by hand: 1+6+21+4+15+42+7+24+45 = 165, plus floor(45/10) = 4, makes 169: the check digit is 1
    assert normalise(text) == "1234567891"
    assert printed(normalise(text)) == "123-45-67891"


@pytest.mark.parametrize("text", ["", "123456789", "12345678910", "12345678a1", "１２３４５６７８９１"])
def test_not_ten_digits_is_refused(text):
    with pytest.raises(ValueError, match="not ten digits"):
        normalise(text)


def test_wrong_check_digit_is_refused():
    with pytest.raises(ValueError, match="check digit"):
        normalise("123-45-67892")


@given(st.text("0123456789", min_size=9, max_size=9), st.integers(0, 7), st.integers(1, 9))
def test_one_mistyped_digit_among_the_first_eight_is_noticed(nine, place, step):
    wrong = nine[:place] + str((int(nine[place]) + step) % 10) + nine[place + 1 :]
    assert normalise(nine + str(check_digit(nine)))
    with pytest.raises(ValueError, match="check digit"):
        normalise(wrong + str(check_digit(nine)))
