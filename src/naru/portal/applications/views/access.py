"""Whose application it is: one's own or one's company's to work on, any to read for staff."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from naru.portal.accounts.access import actor
from naru.portal.accounts.models import Role
from naru.portal.applications import queries
from naru.portal.applications.models import Application

READERS = (Role.OPERATOR, Role.AUDITOR)
View = Callable[..., HttpResponse]


def own(request: HttpRequest, pk: int, rows: QuerySet[Application] | None = None) -> Application:
    """An application one works on, with its parts unless `rows` says what to read.

    Anybody else's does not exist (404).
    """
    found = (queries.wholes() if rows is None else rows).filter(queries.theirs(actor(request)), pk=pk).first()
    if found is None:
        raise Http404
    return found


def readable(request: HttpRequest, pk: int, rows: QuerySet[Application] | None = None) -> Application:
    """One's own, or any for operators and auditors; 403 for other staff roles, 404 for applicants.

    With its parts, unless `rows` says what to read; `mine` on it says whether the reader works on it.
    """
    user = actor(request)
    rows = queries.wholes() if rows is None else rows
    found = rows.annotate(mine=queries.is_theirs(user)).filter(pk=pk).first()
    if found is not None and (found.mine or user.has_role(*READERS)):
        return found
    if user.roles - {Role.APPLICANT.value} and not user.has_role(*READERS):
        raise PermissionDenied(_("신청서는 신청자 본인과 운영기관, 감사만 볼 수 있습니다."))
    raise Http404
