"""Whose application it is: who may start one for a unit, work on it, and confirm a student's.

The views ask the same before they show a page; an action is the last line and asks again.
"""

from naru.portal.accounts.models import User
from naru.portal.applications import queries, refusals
from naru.portal.applications.models import Application
from naru.portal.organisations import queries as organisations
from naru.portal.organisations.models import Organisation, Professor


def must_belong(by: User, organisation: Organisation, role: str, professor: Professor | None) -> None:
    """Who starts: a company's own person (E-01); the professor, or a student naming one there (E-02).

    Raises Refused.
    """
    if professor is None:
        if not organisations.is_member(by, organisation):
            raise refusals.not_of_the_company(organisation.name)
        return
    if professor.organisation_id != organisation.pk:
        raise refusals.professor_elsewhere(professor.name)
    if role == Application.Role.STAFF and not is_professor(professor, by):
        raise refusals.not_the_professor(professor.name)
    if role == Application.Role.STUDENT and is_professor(professor, by):
        raise refusals.own_professor(professor.name)


def must_act_for(by: User, application: Application) -> None:
    """Only the applicant, and for a company everybody who acts for it. Raises Refused (E-01, E-02)."""
    if not queries.acts_for(by, application):
        raise refusals.not_yours(application.role)


def is_professor(professor: Professor, person: User) -> bool:
    """Whether the person is that professor; one without an account is known by the e-mail address."""
    if professor.user_id is not None:
        return professor.user_id == person.pk
    return professor.email == person.email
