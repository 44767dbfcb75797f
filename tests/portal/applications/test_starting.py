"""Who an application is started for: staff as themselves, a student for somebody else, a company in full."""

import pytest

from naru.domain.decision import Refused
from naru.portal.applications import actions
from naru.portal.applications.models import Application
from naru.portal.organisations.entering import ProfessorDetails
from naru.portal.organisations.models import Organisation, Professor
from naru.portal.ui import clock


@pytest.fixture(autouse=True)
def _during_intake(monkeypatch, at):
    monkeypatch.setattr(clock, "now", lambda: at)


PROFESSOR = {
    "kind": "university",
    "institution": "가상대학교",
    "role": "staff",
    "professor_name": "이교수",
    "professor_email": "",
    "department": "컴퓨터공학과",
}


@pytest.mark.requirement("E-02")
def test_staff_of_a_university_apply_as_the_professor_of_their_own_account(
    client, call, professor_user, make_user, at
):
    """Staff are the professor of the account they are signed in with; another person's address is refused."""
    make_user("victim")
    client.force_login(professor_user)
    stolen = client.post(
        "/applications/start/public/", PROFESSOR | {"professor_email": "victim@example.test"}
    )
    assert "재직자는 로그인한 계정(professor@example.test)으로 신청합니다" in stolen.text
    assert (Application.objects.count(), Professor.objects.count()) == (0, 0)
    assert client.post("/applications/start/public/", PROFESSOR).status_code == 302
    made = Professor.objects.get()
    assert (made.email, made.user, Application.objects.get().unit) == (
        "professor@example.test",
        professor_user,
        made.unit,
    )


@pytest.mark.requirement("E-02")
def test_neither_the_action_nor_a_student_takes_another_persons_place(call, professor, professor_user, at):
    """The action refuses staff under another's address, and a student as the own supervising professor."""
    details = {"name": "이교수", "department": "컴퓨터공학과"}
    entry = {"kind": "university", "institution": "가상대학교"}
    given = {"by": professor_user, "at": at, "call": call, "round_id": "1"}
    for role, email, code in (
        ("staff", "victim@example.test", "not_the_professor"),
        ("student", professor.email, "own_professor"),
    ):
        named = ProfessorDetails(email=email, user=professor_user, **details)
        with pytest.raises(Refused) as caught:
            actions.start_public(entry=actions.PublicEntry(role=role, professor=named, **entry), **given)
        assert (caught.value.finding.clause, caught.value.finding.code) == ("E-02", code)
    assert not Application.objects.exists()


@pytest.mark.requirement("E-04")
def test_a_professor_whose_address_changed_is_still_one_unit(client, call, professor, professor_user):
    """One professor holds one set: another address of the same account makes no second professor."""
    professor_user.email = "moved@example.test"
    professor_user.save()
    client.force_login(professor_user)
    client.post("/applications/start/public/", PROFESSOR)
    assert (Professor.objects.get(), Application.objects.get().unit) == (professor, professor.unit)


def test_a_student_names_somebody_else(client, call, student_user):
    client.force_login(student_user)
    for email, said in (
        ("", "지도교수의 이메일을 적으십시오."),
        ("student@example.test", "학생의 이메일이 아니라 지도교수의 이메일을 적으십시오."),
    ):
        typed = PROFESSOR | {"role": "student", "professor_email": email}
        assert client.post("/applications/start/public/", typed).context["form"].errors == {
            "professor_email": [said]
        }


@pytest.mark.parametrize(
    ("typed", "kept", "warned"),
    [("110111-1234569", "1101111234569", False), ("1101111234560", "1101111234560", True), ("", "", False)],
)
def test_a_new_company_is_asked_for_its_corporate_number_and_told_the_close(
    client, call, applicant_user, typed, kept, warned
):
    client.force_login(applicant_user)
    assert "3월 17일(월) 15:00" in client.get("/applications/start/company/new/").text
    company = {
        "name": "가상 비전", "business_number": "123-45-67891", "kind": "sme", "legal_form": "corporation",
        "corporate_number": typed, "started_on": "2021-05-03", "fiscal_year_end_month": "12",
        "representative_1": "김가상", "born_1": "1990-01-02",
    }  # fmt: skip
    short = client.post("/applications/start/company/new/", company | {"corporate_number": "12-3"})
    assert short.context["form"].errors == {"corporate_number": ["법인등록번호는 열세 자리 숫자입니다."]}
    page = client.post("/applications/start/company/new/", company, follow=True)
    assert Organisation.objects.get().corporate_number == kept
    assert ("법인등록번호가 검사 규칙과 맞지 않습니다" in page.text) is warned
