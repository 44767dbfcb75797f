"""A certificate to renew holds back the order of the server, and the operator sees it before (E-05)."""

from datetime import date

import pytest
from awarded import DAY, MATCHED, refused

from naru.portal.allocation import actions
from naru.portal.allocation.models import Award, Server
from naru.portal.applications.models import EvidenceDocument, StoredFile
from naru.portal.screening import actions as screening
from naru.portal.screening.models import CertificateRenewal

AT = MATCHED + DAY


def stored(serial):
    return StoredFile.objects.create(
        sha256=f"{serial:064x}", size=10, media_type="application/pdf", verdict="accepted", gated_at=MATCHED
    )


@pytest.fixture
def award(stage, acts):
    """An award whose agreement is concluded."""
    stage.selected(1)
    made = acts.opened(stage)[0]
    acts.concluded(made)
    return made


@pytest.fixture
def renewal(award):
    document = EvidenceDocument.objects.create(
        application=award.application,
        code="sme_certificate",
        file=stored(1),
        filename="확인서.pdf",
        valid_from=date(2024, 4, 1),
        valid_until=date(2025, 3, 31),
        uploaded_by=award.application.applicant,
        uploaded_at=MATCHED,
    )
    return CertificateRenewal.objects.create(
        application=award.application,
        document="sme_certificate",
        lapses_on=date(2025, 3, 31),
        needed_by=date(2025, 4, 1),
        before=document.file,
        raised_at=MATCHED,
    )


def order(award, operator):
    return {"by": operator, "at": AT, "award": award}


def must_wait(award, operator):
    assert refused("renewal_outstanding", actions.order_server, **order(award, operator)) == "E-05"
    assert (Server.objects.count(), Award.objects.get().state) == (0, "agreement")


@pytest.mark.requirement("E-05")
def test_no_server_is_ordered_until_a_person_waives_the_renewal(award, renewal, operator):
    must_wait(award, operator)
    screening.waive_renewal(by=operator, at=AT, renewal=renewal, reason="재발급 신청 확인함")
    assert actions.order_server(**order(award, operator)).state == "ordered"


@pytest.mark.requirement("E-05")
def test_no_server_is_ordered_until_the_certificate_is_renewed(award, renewal, operator):
    must_wait(award, operator)
    changed = {"file": stored(2), "valid_from": date(2025, 4, 1), "valid_until": date(2026, 3, 31)}
    EvidenceDocument.objects.filter(application=award.application).update(**changed)
    screening.settle_renewal(by=award.application.applicant, at=AT, renewal=renewal)
    assert actions.order_server(**order(award, operator)).state == "ordered"


def test_the_operator_reads_it_before_ordering(client, award, renewal, operator):
    client.force_login(operator)
    board = client.get("/allocation/").content.decode()
    assert ("확인서 갱신 대기 (E-05)" in board, "확인서 갱신 남음" in board) == (True, True)
    page = client.get(f"/allocation/{award.pk}/").content.decode()
    assert "서버를 주문하기 전에 갱신할 확인서가 있습니다 (E-05)" in page
    assert "2025년 3월 31일(월)에 끝납니다. 2025년 4월 1일(화)에 유효한 확인서가 필요합니다." in page
    assert f'href="/screening/renewals/{renewal.pk}/waive/"' in page
    assert f'action="/allocation/{award.pk}/order/"' not in page
    answer = client.post(f"/allocation/{award.pk}/order/", follow=True).content.decode()
    assert "갱신해야 할 확인서가 남아 있어 서버를 주문할 수 없습니다." in answer
    screening.waive_renewal(by=operator, at=AT, renewal=renewal, reason="재발급 신청 확인함")
    page = client.get(f"/allocation/{award.pk}/").content.decode()
    assert "갱신할 확인서가 있습니다" not in page
    assert f'action="/allocation/{award.pk}/order/"' in page
    assert "갱신" not in client.get("/allocation/").content.decode().split("<tbody>")[1]


def test_an_auditor_reads_it_and_has_nothing_to_press(client, award, renewal, auditor):
    client.force_login(auditor)
    page = client.get(f"/allocation/{award.pk}/").content.decode()
    assert "확인서가 있습니다 (E-05)" in page
    assert f"/screening/renewals/{renewal.pk}/waive/" not in page
