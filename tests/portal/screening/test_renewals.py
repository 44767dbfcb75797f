"""A certificate that lapses before the allocation raises a task that is renewed or waived."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from refusing import one_event, refusal
from simulated_year import PDF, SCREENING, VALID

from naru.portal.applications import actions as applications
from naru.portal.applications.answers import DocumentDates
from naru.portal.applications.judging import judge
from naru.portal.applications.models import StoredFile
from naru.portal.mail.models import Mail
from naru.portal.screening import actions, owed
from naru.portal.screening.models import CertificateRenewal
from naru.portal.ui import clock

LAPSING = DocumentDates(valid_from=date(2024, 4, 1), valid_until=date(2025, 3, 31))
RENEWED = PDF.replace(b"%%EOF", b"% renewed\n%%EOF")
NEXT_YEAR = DocumentDates(valid_from=date(2025, 4, 1), valid_until=date(2026, 3, 31))


@pytest.fixture
def application(year):
    return year.submitted(1, dates=LAPSING)


@pytest.fixture
def renewal(year, application):
    actions.find(by=year.operator, at=SCREENING, application=application)
    return CertificateRenewal.objects.get()


@pytest.fixture
def attach(application):
    def do(content=RENEWED, dates=NEXT_YEAR):
        return applications.attach_document(
            by=application.applicant,
            at=SCREENING,
            application=application,
            code="sme_certificate",
            file=judge(content, "새 확인서.pdf"),
            dates=dates,
            until=SCREENING + timedelta(days=90),
        )

    return do


@pytest.mark.requirement("E-05")
def test_a_certificate_that_lapses_before_the_allocation_is_a_task_and_not_a_silent_pass(year, renewal):
    """A certificate good at the close that lapses before the allocation raises a renewal task and a mail."""
    application = renewal.application
    assert application.screening.proposed == "passed"
    assert (renewal.document, renewal.lapses_on, renewal.needed_by) == (
        "sme_certificate",
        date(2025, 3, 31),
        date(2025, 4, 1),
    )
    [mail] = Mail.objects.filter(name="screening/renewals_asked")
    assert (mail.to, mail.about) == (
        application.applicant.email,
        f"applications.application:{application.pk}",
    )
    assert "2025년 4월 1일" in mail.body
    actions.find(by=year.operator, at=SCREENING, application=application)
    assert CertificateRenewal.objects.count() == Mail.objects.filter(name__contains="renewals").count() == 1


def test_a_certificate_that_outlives_the_allocation_raises_none(year):
    actions.find(by=year.operator, at=SCREENING, application=year.submitted(2, dates=VALID))
    assert not CertificateRenewal.objects.exists()


@pytest.mark.requirement("E-05")
def test_the_renewed_certificate_settles_it_and_the_old_one_stays(application, renewal, attach):
    """A certificate valid on the day of allocation settles the renewal; the one before stays on record."""
    given = {"by": application.applicant, "at": SCREENING, "renewal": renewal}
    assert refusal(actions.settle_renewal, **given) == ("E-05", "renewal_lapses")
    attach(dates=LAPSING)
    assert refusal(actions.settle_renewal, **given) == ("E-05", "renewal_lapses")
    attach(dates=DocumentDates())  # nobody can tell how long it is good for
    assert refusal(actions.settle_renewal, **given) == ("E-05", "renewal_lapses")
    attach()
    settled, event = one_event(lambda: actions.settle_renewal(**given))
    assert (settled.renewed_at, settled.valid_until) == (SCREENING, date(2026, 3, 31))
    assert event.facts["before"] == renewal.before.sha256
    assert StoredFile.objects.filter(pk=renewal.before_id).exists()
    assert refusal(actions.settle_renewal, **given) == ("E-05", "renewal_settled")
    assert not owed.outstanding(application.call).exists()


@pytest.mark.requirement("E-05")
def test_a_person_waives_it_with_a_reason(year, renewal):
    """A person may waive a renewal, with a reason, by name."""
    given = {"by": year.operator, "at": SCREENING, "renewal": renewal}
    assert refusal(actions.waive_renewal, reason=" ", **given) == ("E-05", "waiver_reason_missing")
    waived, event = one_event(lambda: actions.waive_renewal(reason="재발급이 늦어짐", **given))
    assert (waived.waived_by, event.action) == (year.operator, "screening.waive_renewal")
    assert not owed.outstanding_of(renewal.application).exists()


def test_only_its_people_settle_it(year, renewal, attach):
    attach()
    assert refusal(actions.settle_renewal, by=year.operator, at=SCREENING, renewal=renewal)[0] == "E-01"


def test_the_applicant_renews_it_on_the_page(client, application, renewal, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: SCREENING)
    client.force_login(application.applicant)
    path = f"/applications/{application.pk}/renewals/"
    page = client.get(application.get_absolute_url()).content.decode()
    assert "새로 받은 확인서를 올리십시오." in page
    assert f'href="{path}"' in page
    bring = f"{path}?bring={renewal.pk}&act="
    upload = {"file": SimpleUploadedFile("새 확인서.pdf", RENEWED)}
    assert client.post(f"{bring}file", upload).url == f"{path}#sme_certificate"
    assert "서류에 적힌 날짜를 확인해 주십시오" in client.get(path).text
    early = client.post(f"{bring}dates", {"valid_from": "2024-04-01", "valid_until": "2025-03-20"})
    assert (early.status_code, "근거 E-05" in early.text) == (422, True)
    dates = {"valid_from": "2025-04-01", "valid_until": "2026-03-31"}
    assert client.post(f"{bring}dates", dates).status_code == 302
    renewal.refresh_from_db()
    assert renewal.renewed_at == SCREENING
    assert "새로 받은 확인서를 올리십시오." not in client.get(application.get_absolute_url()).content.decode()


def test_the_operators_list_and_the_waiver(client, year, renewal, operator, auditor):
    client.force_login(operator)
    page = client.get("/screening/renewals/?state=due").content.decode()
    assert renewal.application.number in page
    assert client.post(f"/screening/renewals/{renewal.pk}/waive/", {"reason": "재발급 중"}).status_code == 302
    assert "면제함" in client.get("/screening/renewals/?state=waived").content.decode()
    client.force_login(auditor)
    assert client.get("/screening/renewals/").status_code == 200
    assert client.get(f"/screening/renewals/{renewal.pk}/waive/").status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_long(client, year, operator, django_assert_num_queries, count):
    for serial in range(count):
        made = year.submitted(serial + 10, dates=LAPSING)
        actions.find(by=year.operator, at=SCREENING, application=made)
    client.force_login(operator)
    with django_assert_num_queries(6):
        assert len(client.get("/screening/renewals/").context["rows"]) == count


def test_reminders_go_out_once(year, renewal):
    given = {"by": None, "call": year.call}
    assert actions.remind(at=SCREENING, **given) == 0
    week = SCREENING + timedelta(days=7)
    assert actions.remind(at=week, **given) == 1
    assert actions.remind(at=week + timedelta(days=1), **given) == 0
