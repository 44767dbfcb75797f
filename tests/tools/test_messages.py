"""The catalogues: what is compiled is what gettext reads; a string without English is named."""

import gettext
import io

import messages
import pytest

PO = r"""# a comment
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\n"

msgid "신청"
msgstr "Apply"

#: somewhere.html:3
msgctxt "상태"
msgid "선정"
msgstr "Selected \"now\"\n"
msgid "여러 줄 "
"문장"
msgstr ""
"two "
"lines"

msgid "%(n)s건"
msgid_plural "%(n)s건들"
msgstr[0] "%(n)s item"
msgstr[1] "%(n)s items"

msgid "아직"
msgstr ""
"""


@pytest.fixture
def portal(tmp_path):
    folder = tmp_path / "step" / "locale" / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(PO, "utf-8")
    return tmp_path


def test_compiled_catalogue_is_read_by_gettext(portal):
    (target,) = messages.compile_all(portal)
    read = gettext.GNUTranslations(io.BytesIO(target.read_bytes()))
    assert read.gettext("신청") == "Apply"
    assert read.pgettext("상태", "선정") == 'Selected "now"\n'
    assert read.gettext("여러 줄 문장") == "two lines"
    assert [read.ngettext("%(n)s건", "%(n)s건들", n) for n in (1, 2)] == ["%(n)s item", "%(n)s items"]
    assert read.gettext("아직") == "아직"


def test_only_what_changed_is_compiled_again(portal):
    assert len(messages.compile_all(portal)) == 1
    assert messages.compile_all(portal) == []


def test_a_line_that_belongs_nowhere_is_named(portal):
    source = next(portal.rglob("*.po"))
    source.write_text(PO + "msgstr without quotes\n", "utf-8")
    with pytest.raises(ValueError, match=rf"django\.po:{len(PO.splitlines()) + 1}: 'without quotes'"):
        messages.entries(source)


def test_strings_without_english_are_named_by_file(portal):
    (portal / "step" / "views.py").write_text(
        'x = _("신청")\ny = gettext_lazy("없는 말")\nz = _("plain")\n', "utf-8"
    )
    (portal / "step" / "page.html").write_text(
        "{% load i18n %}{% translate '또 없는 말' %}{% translate \"신청\" %}"
        "{% blocktranslate trimmed with n=3 %}\n  세 번째 {{ n }}\n{% endblocktranslate %}"
        '{% include "x" with label=_("네 번째") %}{# 주석 #}',
        "utf-8",
    )
    assert messages.missing(portal) == {
        "step/page.html": ["네 번째", "또 없는 말", "세 번째 %(n)s"],
        "step/views.py": ["없는 말"],
    }


def test_a_string_in_a_context_needs_an_english_of_its_own(portal):
    (portal / "step" / "views.py").write_text(
        'x = pgettext("상태", "선정")\ny = pgettext_lazy("열", "신청")\n', "utf-8"
    )
    (portal / "step" / "page.html").write_text(
        "{% load i18n %}{% translate '신청' context 'column' %}"
        '{% blocktranslate context "상태" %}선정{% endblocktranslate %}',
        "utf-8",
    )
    assert messages.missing(portal) == {
        "step/page.html": ["column\4신청"],
        "step/views.py": ["열\4신청"],
    }


def test_two_steps_may_not_translate_one_string_differently(portal):
    other = portal / "later" / "locale" / "en" / "LC_MESSAGES" / "django.po"
    other.parent.mkdir(parents=True)
    same = 'msgid ""\nmsgstr "of another step"\n\nmsgctxt "상태"\nmsgid "신청"\nmsgstr "Applied"\n'
    other.write_text(f'{same}\nmsgid "신청"\nmsgstr "Apply"\n', "utf-8")
    assert messages.differing(portal) == {}
    other.write_text(f'{same}\nmsgid "신청"\nmsgstr "Application"\n', "utf-8")
    assert messages.differing(portal) == {"신청": {"Application": ["later"], "Apply": ["step"]}}


def test_every_string_of_the_portal_has_one_english_text():
    assert (messages.missing(), messages.differing()) == ({}, {})
