"""The application's page gathers what each later step says of it, within its ceiling of queries."""

from datetime import UTC, datetime, timedelta

import pytest
from awarded import MATCHED

from naru.portal.allocation import actions as allocation
from naru.portal.applications.models import Application
from naru.portal.calls import queries as calls
from naru.portal.screening.models import CorrectionRequest, Screening, TechnicalDecision
from naru.portal.selection.models import SelectionRun
from naru.portal.ui import clock

pytestmark = pytest.mark.django_db
JULY = datetime(2025, 7, 15, 1, 0, tzinfo=UTC)
CEILING = 12


@pytest.fixture
def shown(client, monkeypatch, django_assert_max_num_queries):
    """shown(application, at) -> (state per label, page) as the applicant sees it."""

    def show(application, at=JULY):
        monkeypatch.setattr(clock, "now", lambda: at)
        client.force_login(application.applicant)
        with django_assert_max_num_queries(CEILING):
            answer = client.get(application.get_absolute_url())
        lines = {str(line.label): line for line in answer.context["lines"]}
        return lines, answer.content.decode()

    return show


@pytest.fixture
def screened(operator):
    def decide(application, decision, **changes):
        given = {"decided_by": operator, "decided_at": MATCHED} if decision.endswith("eligible") else {}
        return Screening.objects.create(
            application=application,
            version=application.version,
            proposed="passed",
            decision=decision,
            found_at=MATCHED,
            **given | changes,
        )

    return decide


def test_an_awardee_reads_everything_on_one_page(award, screened, shown):
    application = award.application
    screened(application, "eligible")
    Application.objects.update(settled_at=MATCHED, announced_at=MATCHED)
    lines, page = shown(application)
    path = application.get_absolute_url()
    assert (lines["서류적격심사"].state, lines["서류적격심사"].tone) == ("적격", "ok")
    assert lines["선정 결과"].url == f"{path}result/"
    assert (str(lines["할당"].state), lines["할당"].url) == ("이용 중", f"{path}server/")
    assert lines.pop("할당").step == "progress"
    tasks = [line for line in lines.values() if line.step in ("progress", "checks")]
    assert tasks
    assert all(line.due and line.asked and line.url.startswith(path) for line in tasks)
    assert f"{path}withdraw/" not in page
    assert f'href="{path}withdrawal/"' in page
    assert "중도포기" not in lines


def test_a_result_is_shown_once_it_is_published_only(award, screened, shown):
    Application.objects.update(settled_at=MATCHED)
    SelectionRun.objects.update(state="confirmed", published_at=None)
    application = Application.objects.get(pk=award.application_id)
    assert "선정 결과" not in shown(application)[0]
    SelectionRun.objects.update(state="published", published_at=MATCHED)
    assert "선정 결과" in shown(application)[0]


def test_an_agreement_is_asked_for_until_it_is_signed(stage, acts, shown):
    stage.selected(1)
    (award,) = acts.opened(stage)
    lines, page = shown(award.application, MATCHED)
    assert str(lines["할당"].asked) == "협약을 읽고 서명하십시오."
    assert "협약을 읽고 서명하십시오." in page
    allocation.sign_agreement(by=award.application.applicant, at=MATCHED, award=award)
    assert not shown(award.application, MATCHED)[0]["할당"].asked


@pytest.mark.requirement("P-05")
def test_who_gives_the_server_up_still_sees_the_months_of_use_and_the_survey(award, shown):
    """After a withdrawal the page of the application still asks for the survey and for the months of use."""
    application = award.application
    left = datetime(2025, 5, 20, 1, 0, tzinfo=UTC)
    allocation.withdraw(by=application.applicant, at=left, award=award, reason="사정")
    application = Application.objects.get(pk=application.pk)
    lines, page = shown(application, left)
    path = application.get_absolute_url()
    asked = {line.url: str(line.asked) for line in lines.values() if line.asked}
    assert set(asked) == {f"{path}progress/", f"{path}survey/"}
    assert asked[f"{path}survey/"] in page
    assert "중도포기" in page


def test_open_corrections_show_their_due_date(stage, operator, screened, shown):
    application = stage.application(7)
    screened(application, "correction")
    due = JULY + timedelta(days=3)
    given = {"application": application, "requested_by": operator, "requested_at": MATCHED}
    CorrectionRequest.objects.create(item="sme_certificate", message="다시", due_at=due, **given)
    answered = {"answer": "냈습니다", "answered_at": MATCHED}
    CorrectionRequest.objects.create(item="plan", message="다시", due_at=due, **answered, **given)
    lines, page = shown(application)
    (asked,) = [line for label, line in lines.items() if label.startswith("보완 요청")]
    assert (asked.due, asked.url) == (due, f"/applications/{application.pk}/corrections/")
    assert "보완 요청에 답하십시오." in page
    assert "3일 남음" in page
    late = shown(application, due)[0]
    assert [line.asked for label, line in late.items() if label.startswith("보완 요청")] == [""]


@pytest.mark.requirement("R-06")
def test_an_exclusion_gives_its_reason_once_results_are_announced(stage, operator, screened, shown):
    application = stage.application(7)
    screened(application, "ineligible", reason="확인서의 유효기간이 지났습니다.")
    TechnicalDecision.objects.create(
        application=application,
        decision="exclude",
        reason="돌릴 수 있는 곳이 없습니다.",
        decided_by=operator,
        decided_at=MATCHED,
    )
    lines, page = shown(application)
    assert [(label, str(line.state)) for label, line in lines.items()] == [("서류적격심사", "심사 중")]
    assert "확인서의 유효기간이 지났습니다." not in page
    Application.objects.update(announced_at=MATCHED)
    lines, page = shown(application)
    assert (lines["서류적격심사"].tone, lines["사전 기술검토"].tone) == ("bad", "bad")
    assert "확인서의 유효기간이 지났습니다." in page
    assert "돌릴 수 있는 곳이 없습니다." in page


def test_products_and_clouds_go_by_name(stage, shown, client):
    application = stage.application(7)
    _lines, page = shown(application)
    title = next(row.title.ko for row in calls.terms(stage.version).resources if row.id == "npu-60")
    content = client.get(f"{application.get_absolute_url()}content/").content.decode()
    for text in (page, content):
        assert title in text
        assert "npu-60" not in text
    assert stage.cloud.name in content


def test_a_foreign_application_shows_neither_page(client, stage, make_user):
    application = stage.application(7)
    client.force_login(make_user("stranger"))
    for page in ("", "content/"):
        assert client.get(f"{application.get_absolute_url()}{page}").status_code == 404
