"""Kinds of mail have names that people read."""

from pathlib import Path

from django.utils import translation

import naru.portal
from naru.portal.console.forms import MailFilter
from naru.portal.console.kinds import KINDS, title


def test_every_mail_the_portal_can_write_has_a_plain_name():
    found = Path(naru.portal.__file__).parent.glob("*/templates/mail/**/*.txt")
    written = {path.as_posix().partition("/templates/mail/")[2].removesuffix(".txt") for path in found}
    assert written == set(KINDS)


def test_two_kinds_never_share_a_name():
    for language in ("ko", "en"):
        with translation.override(language):
            assert len({str(kind) for kind in KINDS.values()}) == len(KINDS)


def test_a_kind_of_another_release_keeps_its_own_name():
    assert title("gone/kind") == "gone/kind"


def test_the_filter_lists_kinds_by_what_is_read():
    form = MailFilter({}, ["screening/corrections_asked", "applications/receipt"])
    assert [str(label) for _name, label in form.fields["name"].choices] == ["모두", "보완 요청", "접수 알림"]
