"""Organisations, suppliers and the register: what is entered, what is refused, one event each."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from naru.portal.audit.models import Event
from naru.portal.organisations import actions, queries
from naru.portal.organisations.actions import OrganisationDetails, RestrictionEntry
from naru.portal.organisations.models import Organisation, Restriction


def events(action):
    return list(Event.objects.filter(action=f"organisations.{action}").values_list("actor", "subject_id"))


def test_a_later_lifting_does_not_change_who_was_barred_at_closing(operator, at):
    restriction = actions.record_restriction(
        by=operator, at=at, entry=entry(starts_on=date(2025, 1, 1), ends_on=None)
    )
    actions.lift_restriction(by=operator, at=at + timedelta(days=3), restriction=restriction, reason="인용")
    days = [timezone.localdate(at) + timedelta(days=step) for step in range(5)]
    assert [queries.in_force(day).exists() for day in days] == [True, True, True, False, False]


@pytest.fixture
def company(applicant_user, at):
    details = OrganisationDetails(
        name="가상나루",
        kind="startup",
        legal_form="corporation",
        business_number="123-45-67891",
        started_on=date(2021, 5, 1),
        simulated=True,
        representatives=(("김하나", date(1990, 1, 1)), ("이두리", date(1970, 1, 1))),
    )
    return actions.create_organisation(by=applicant_user, at=at, details=details)


def details(**changes):
    return OrganisationDetails(
        **({"name": "새 회사", "kind": "sme", "legal_form": "sole_proprietor"} | changes)
    )


def test_organisation_is_entered_with_its_people(company, applicant_user):
    kept = Organisation.objects.get()
    assert (kept.business_number, kept.printed_number) == ("1234567891", "123-45-67891")
    assert kept.unit == "company:1234567891"
    assert [person.name for person in kept.representatives.all()] == ["김하나", "이두리"]
    assert list(queries.organisations_of(applicant_user)) == [company]
    assert events("create_organisation") == [(applicant_user.pk, str(company.pk))]


def test_organisation_without_a_number_is_its_own_unit(operator, applicant_user, at):
    made = actions.create_organisation(by=operator, at=at, details=details(), owner=applicant_user)
    assert made.unit == f"organisation:{made.pk}"
    assert queries.is_member(applicant_user, made)
    assert not queries.is_member(operator, made)


@pytest.mark.parametrize(
    ("number", "message"), [("123-45-67892", "열 자리"), ("12", "열 자리"), ("1234567891", "이미 등록된")]
)
def test_mistyped_or_taken_number_is_refused(company, operator, at, number, message):
    with pytest.raises(ValidationError, match=message):
        actions.create_organisation(by=operator, at=at, details=details(business_number=number))
    assert Organisation.objects.count() == 1
    assert len(events("create_organisation")) == 1


def test_unknown_kind_is_refused(operator, at):
    with pytest.raises(ValueError, match="large_enterprise"):
        actions.create_organisation(by=operator, at=at, details=details(kind="large_enterprise"))


def test_member_is_added_once(company, applicant_user, reviewer, at):
    actions.add_member(by=applicant_user, at=at, organisation=company, user=reviewer)
    assert queries.is_member(reviewer, company)
    with pytest.raises(ValidationError, match="이미 이 기관"):
        actions.add_member(by=applicant_user, at=at, organisation=company, user=reviewer)
    assert events("add_member") == [(applicant_user.pk, str(company.pk))]


def test_professor_is_one_unit_per_organisation_and_address(company, applicant_user, operator, at):
    values = {"organisation": company, "name": "박교수", "department": "가상학과", "user": applicant_user}
    professor = actions.add_professor(by=operator, at=at, email="Park@example.test", **values)
    assert professor.unit == f"professor:{professor.pk}"
    with pytest.raises(ValidationError, match="이미 등록된 교수"):
        actions.add_professor(by=operator, at=at, email="park@example.test", **values)
    assert events("add_professor") == [(operator.pk, str(professor.pk))]


def test_supplier_and_its_people(operator, vendor_user, at):
    supplier = actions.add_supplier(
        by=operator, at=at, kind="vendor", code="v-a", name="가상칩", simulated=True
    )
    actions.add_supplier_member(by=operator, at=at, supplier=supplier, user=vendor_user)
    assert queries.supplier_of(vendor_user, "vendor") == supplier
    assert queries.supplier_of(vendor_user, "cloud") is None
    with pytest.raises(ValidationError, match="이미 쓰이는 코드"):
        actions.add_supplier(by=operator, at=at, kind="cloud", code="v-a", name="다른 회사")
    with pytest.raises(ValidationError, match="이미 이 공급사"):
        actions.add_supplier_member(by=operator, at=at, supplier=supplier, user=vendor_user)
    assert events("add_supplier") == [(operator.pk, str(supplier.pk))]
    assert events("add_supplier_member") == [(operator.pk, str(supplier.pk))]


def entry(**changes):
    values = {
        "unit": "company:1234567891",
        "ground": "withdrawal",
        "clause": "L-03",
        "starts_on": date(2026, 1, 1),
        "ends_on": date(2026, 12, 31),
        "source": "2025 사업 중도포기 결정",
    }
    return RestrictionEntry(**(values | changes))


@pytest.mark.requirement("P-06")
@pytest.mark.parametrize(
    ("day", "barred"),
    [
        (date(2025, 12, 31), False),
        (date(2026, 1, 1), True),
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), False),
    ],
)
def test_restriction_bars_its_unit_from_its_first_to_its_last_day(company, operator, at, day, barred):
    restriction = actions.record_restriction(by=operator, at=at, entry=entry(organisation=company))
    expected = {company.unit: [restriction]} if barred else {}
    assert queries.restrictions_by_unit([company.unit, "company:0000000000"], day) == expected
    assert events("record_restriction") == [(operator.pk, str(restriction.pk))]


def test_restriction_cannot_end_before_it_starts(operator, at):
    with pytest.raises(ValidationError, match="종료일"):
        actions.record_restriction(by=operator, at=at, entry=entry(ends_on=date(2025, 12, 31)))
    assert not Restriction.objects.exists()


def test_lifted_restriction_stays_in_the_register(operator, at):
    restriction = actions.record_restriction(by=operator, at=at, entry=entry())
    with pytest.raises(ValidationError, match="해제 사유"):
        actions.lift_restriction(by=operator, at=at, restriction=restriction, reason=" ")
    actions.lift_restriction(by=operator, at=at, restriction=restriction, reason="이의신청 인용")
    assert not queries.in_force(date(2026, 6, 1)).exists()
    assert list(queries.register()) == [restriction]
    with pytest.raises(ValidationError, match="이미 해제"):
        actions.lift_restriction(by=operator, at=at, restriction=restriction, reason="다시")
    assert events("lift_restriction") == [(operator.pk, str(restriction.pk))]


def test_register_is_searched_by_unit_and_name(company, operator, at):
    mine = actions.record_restriction(by=operator, at=at, entry=entry(organisation=company))
    other = actions.record_restriction(by=operator, at=at, entry=entry(unit="professor:7"))
    assert list(queries.register(text="나루")) == [mine]
    assert list(queries.register(text="professor:")) == [other]
    assert list(queries.register(on=date(2027, 1, 1))) == []
