"""The list of public mail providers: data with one shape."""

import pytest

from naru.codec.capability import CAPABILITY
from naru.codec.public_mail import public_mail


def test_the_list_knows_the_providers_people_use():
    known = public_mail(CAPABILITY.parent / "public-mail.toml")
    assert {"gmail.com", "naver.com", "hanmail.net", "kakao.com"} <= known
    assert "campus01.example" not in known


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("schema = 2\ndomains = []", "needs schema = 1"),
        ("schema = 1", "needs schema = 1"),
        ('schema = 1\ndomains = "a.test"', "needs schema = 1"),
        ('schema = 1\ndomains = ["A.test"]', "are no domains"),
        ('schema = 1\ndomains = ["test"]', "are no domains"),
        ("schema = 1\ndomains = [1]", "are no domains"),
    ],
)
def test_a_list_of_another_shape_is_refused(tmp_path, text, reason):
    path = tmp_path / "list.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(ValueError, match=reason):
        public_mail(path)
