import re
from datetime import timedelta

import pytest
from django import forms
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils import translation

from naru.domain.decision import Finding, Outcome
from naru.domain.terms import Text
from naru.portal.ui import clock
from naru.portal.ui.components import YEAR, Chart, Event, File, Series, Tab, year


def draw(source, language="ko", **values):
    with translation.override(language):
        return Template("{% load ui %}" + source).render(Context(values))


def test_a_badge_has_an_icon_and_a_word():
    drawn = draw('{% badge "ok" "선정됨" %}')
    assert "#check" in drawn
    assert "선정됨" in drawn
    with pytest.raises(TemplateSyntaxError, match="'green' is no tone"):
        draw('{% badge "green" "선정됨" %}')


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_outcome_has_its_badge(outcome):
    assert 'class="badge badge-' in draw("{% outcome value %}", value=outcome)


def test_the_facts_of_a_finding_are_in_words_and_none_is_left_out():
    facts = (
        ("closed_at", "2025-03-17T06:00:00+00:00"), ("valid_until", "2025-12-31"), ("inference_only", "true"),
        ("evidence", ""), ("not_named_yet", "17"),
    )  # fmt: skip
    reason = Text(ko="늦었습니다.", en="Too late.")
    found = Finding(clause="A-03", code="late", outcome=Outcome.FAILED, reason=reason, facts=facts)
    said = [
        re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", draw("{% finding found %}", language, found=found))
        for language in ("ko", "en")
    ]
    assert said == [
        [
            ("마감 시각", "2025년 3월 17일(월) 15:00"), ("유효 종료일", "2025년 12월 31일(수)"),
            ("추론에만 씀", "예"), ("증빙", "–"), ("not_named_yet", "17"),
        ],
        [
            ("Closed at", "Mon 17 March 2025, 15:00 KST"), ("Valid until", "Wed 31 December 2025"),
            ("Inference only", "Yes"), ("Evidence", "–"), ("not_named_yet", "17"),
        ],
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text", ["2025-13-40", "2025-03-17T99:99:00+09:00", "0001-01-01T00:00:00+23:00", "한 줄"]
)
def test_what_only_looks_like_an_instant_is_shown_as_written(text):
    assert draw("{{ text|fact_value }}", text=text).replace("&amp;", "&") == text


def test_a_finding_cites_its_clause_and_says_what_mends_it():
    found = Finding(
        clause="E-05",
        code="certificate_expired",
        outcome=Outcome.FAILED,
        reason=Text(ko="확인서가 끝났습니다.", en="The certificate ended."),
        facts=(("끝난 날", "2025-03-10"),),
        mend=Text(ko="다시 받으세요.", en="Renew it."),
    )
    clauses = {"E-05": {"ko": "한 해 동안 유효합니다.", "en": "Valid for one year.", "place": "2-1"}}
    korean = draw("{% findings found clauses %}", found=[found], clauses=clauses)
    for part in (
        "E-05",
        "확인서가 끝났습니다.",
        "2025년 3월 10일(월)",
        "다시 받으세요.",
        "한 해 동안 유효합니다.",
        "미충족",
    ):
        assert part in korean
    english = draw("{% findings found clauses %}", "en", found=[found], clauses=clauses)
    for part in ("The certificate ended.", "Renew it.", "Valid for one year.", "Not met"):
        assert part in english
    assert "<details" not in draw("{% finding found %}", found=found)  # no clause known, nothing to unfold


def test_what_a_person_typed_is_escaped_in_every_block():
    typed = "<script>alert(1)</script>"
    source = (
        "{% alert 'bad' title=typed %}{{ typed }}{% endalert %}"
        "{% panel typed lead=typed %}{{ typed }}{% endpanel %}"
        "{% table typed rows=1 %}<tr><td>{{ typed }}</td></tr>{% endtable %}"
        "{% empty typed %}{{ typed }}{% endempty %}"
        "{% facts pairs %}{% badge 'ok' typed %}{% page_header typed lead=typed %}{% breadcrumb typed %}"
        "{% button typed url='/' title=typed %}"
    )
    drawn = draw(source, typed=typed, pairs=[(typed, typed)])
    assert "<script>" not in drawn
    assert drawn.count("&lt;script&gt;") >= 14


def test_a_table_without_rows_teaches_instead():
    source = "{% table '신청' rows=rows empty='접수가 열리면 쌓입니다.' %}<tbody></tbody>{% endtable %}"
    assert "접수가 열리면 쌓입니다." in draw(source, rows=[])
    filled = draw(source, rows=[1])
    assert "<caption>신청</caption>" in filled
    assert "접수가 열리면" not in filled


@pytest.mark.parametrize(
    ("query", "order", "next_sort"),
    [
        ("", None, "sort=score"),
        ("sort=score", "ascending", "sort=-score"),
        ("sort=-score", "descending", "sort=score"),
    ],
)
def test_a_column_head_sorts_by_link_and_keeps_the_filter(query, order, next_sort):
    request = RequestFactory().get("/?sector=public&" + query)
    drawn = draw('{% th "점수" sort="score" %}', request=request)
    assert f"sector=public&amp;{next_sort}" in drawn
    assert (f'aria-sort="{order}"' in drawn) if order else ("aria-sort" not in drawn)


def test_pages_keep_the_rest_of_the_query():
    from django.core.paginator import Paginator

    request = RequestFactory().get("/?sort=score&page=2")
    drawn = draw("{% pagination page %}", page=Paginator(range(50), 20).page(2), request=request)
    assert 'href="?sort=score&amp;page=1"' in drawn
    assert 'href="?sort=score&amp;page=3"' in drawn
    assert drawn.count('aria-current="page"') == 1
    assert draw("{% pagination page %}", page=Paginator(range(5), 20).page(1), request=request).strip() == ""


def test_the_year_marks_one_present_step():
    drawn = draw("{% year_timeline steps %}", steps=year("screening", {"screening": "391건"}))
    assert drawn.count('aria-current="step"') == 1
    assert "지금 · 391건" in drawn
    assert drawn.count("완료") == 2
    assert drawn.count("<li") == len(YEAR)
    with pytest.raises(ValueError, match="'spring' is no step"):
        year("spring")


def test_a_deadline_says_how_urgent_it_is():
    for left, urgency in (
        (timedelta(days=9), "calm"),
        (timedelta(hours=3), "soon"),
        (timedelta(days=-1), "over"),
    ):
        assert f"deadline-{urgency}" in draw("{% deadline at %}", at=clock.now() + left)
    assert "기한 없음" in draw("{% deadline at %}", at=None)


def test_a_chart_never_comes_without_its_table():
    chart = Chart(
        kind="bar",
        title="상품별 신청",
        labels=["60 TOPS", "120 TOPS"],
        series=[Series(label="민간", values=[142, None])],
        unit="건",
    )
    drawn = draw('{% chart chart id="fit" %}', chart=chart)
    assert '<script id="fit" type="application/json">' in drawn
    assert '<th scope="row">60 TOPS</th><td class="num">142</td>' in drawn
    assert '<td class="num">–</td>' in drawn
    with pytest.raises(ValueError, match="1 values for 2 labels"):
        Chart(kind="bar", title="t", labels=["a", "b"], series=[Series(label="s", values=[1])])


@pytest.mark.parametrize(("public", "word"), [(8, "여유 있음"), (9, "상한 도달"), (10, "상한 초과")])
def test_the_gauge_of_the_public_cap_says_it_in_words(public, word):
    drawn = draw("{% cap_gauge public 20 9 %}", public=public)
    assert word in drawn
    assert f"공공 {public}대, 민간 {20 - public}대" in drawn


def test_bars_and_lists_tell_their_numbers():
    assert "5 / 8건" in draw("{% meter '작성' 5 8 '건' %}")
    assert "24 <small>/ 30점</small>" in draw("{% score_bar '목적' 24 30 %}")
    assert "3.4 MB" in draw("{% files items %}", items=[File(name="a.pdf", url="/a", size=3_412_000)])
    assert "올린 서류가 없습니다." in draw("{% files items %}", items=[])
    assert "제출" in draw("{% events items %}", items=[Event(at=clock.now(), title="제출")])
    assert 'aria-current="page"' in draw(
        "{% tabs items %}", items=[Tab(label="a", url="/", current=True, count=3)]
    )


def test_a_page_header_refuses_an_answer_it_does_not_know():
    with pytest.raises(TemplateSyntaxError, match="deadline is no argument"):
        draw("{% page_header 'x' deadline='soon' %}")


def test_the_demonstration_says_that_everything_is_invented(settings):
    assert "가상입니다" not in draw("{% demo_banner %}")
    settings.NARU_CLOCK_OFFSET = timedelta(days=-500)
    drawn = draw("{% demo_banner %}")
    assert "사람·기업·공급사는 모두 가상입니다." in drawn
    assert "시연 시각" in drawn


class Sample(forms.Form):
    name = forms.CharField(label="이름", help_text="적힌 그대로")
    sector = forms.ChoiceField(label="부문", choices=[("a", "민간"), ("b", "공공")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="동의", required=False)
    token = forms.CharField(widget=forms.HiddenInput)

    def clean(self):
        raise forms.ValidationError("함께 볼 때 맞지 않습니다.")


def test_a_form_shows_label_help_required_mark_and_no_summary_at_first():
    drawn = draw("{{ form }}", form=Sample())
    assert '<label class="field-label" for="id_name">이름' in drawn
    assert 'id="id_name_helptext"' in drawn
    assert 'aria-describedby="id_name_helptext"' in drawn
    assert drawn.count('<span class="sr-only"> 필수</span>') == 2
    assert drawn.count('type="radio"') == 2
    assert "<legend" in drawn
    assert "error-summary" not in drawn


def test_a_form_with_errors_lists_them_first_and_ties_each_to_its_field():
    drawn = draw("{{ form }}", form=Sample(data={}))
    summary = drawn.split("form-fields")[0]
    assert 'href="#id_name"' in summary
    assert "함께 볼 때 맞지 않습니다." in summary
    assert 'id="id_name_error"' in drawn
    assert 'aria-describedby="id_name_helptext id_name_error"' in drawn
    assert 'aria-invalid="true"' in drawn
    target = summary.split("<strong>부문")[0].rsplit('href="#', 1)[1].split('"')[0]
    assert f'id="{target}"' in drawn.split("form-fields")[1]
