"""The operators' page of people: search, roles, and the reset of a lost second factor."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from naru.portal.accounts import actions, queries
from naru.portal.accounts.access import actor, role_required
from naru.portal.accounts.forms import ReasonForm, RoleForm, SearchForm
from naru.portal.accounts.models import Role, User
from naru.portal.audit.reading import reads
from naru.portal.mail.models import Mail
from naru.portal.mail.outbox import subject_of
from naru.portal.ui import clock

PER_PAGE = 25
MAILS = 10  # the last mails shown of one person


@role_required("operator")
@reads("person")
def people(request: HttpRequest) -> HttpResponse:
    """Everybody with an account, searched by name, address and role."""
    form = SearchForm(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    found = queries.people(asked.get("q", "").strip(), asked.get("role", ""))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "people/people.html", {"form": form, "page_obj": page})


@role_required("operator")
@reads("person")
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: roles ever granted, second factor, and what was mailed about the account."""
    user = get_object_or_404(queries.people(), pk=pk)
    held = {grant.role for grant in user.in_force}  # type: ignore[attr-defined]
    form = RoleForm()
    form.fields["role"].choices = [one for one in Role.choices[1:] if one[0] not in held]  # type: ignore[attr-defined]
    context = {
        "person": user,
        "form": form,
        "grants": user.grants.select_related("granted_by", "revoked_by").order_by("-granted_at", "-pk"),
        "mails": Mail.objects.filter(about=subject_of(user))[:MAILS],
        "own": user.pk == actor(request).pk,
    }
    return render(request, "people/person.html", context)


@role_required("operator")
@require_POST
def grant(request: HttpRequest, pk: int) -> HttpResponse:
    """Grant a role."""
    user = get_object_or_404(User, pk=pk)
    form = RoleForm(request.POST)
    if form.is_valid():
        _told(
            request, _("역할을 부여했습니다."), actions.grant_role, user=user, role=form.cleaned_data["role"]
        )
    return redirect("people:person", pk=pk)


@role_required("operator")
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Revoke a role."""
    user = get_object_or_404(User, pk=pk)
    form = RoleForm(request.POST)
    if form.is_valid():
        _told(
            request, _("역할을 회수했습니다."), actions.revoke_role, user=user, role=form.cleaned_data["role"]
        )
    return redirect("people:person", pk=pk)


@role_required("operator")
@require_http_methods(["GET", "POST"])
@reads("person")
def reset_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason, then take off a lost second factor."""
    user = get_object_or_404(User, pk=pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid() and _told(
        request,
        _("2단계 인증을 초기화하고 본인에게 메일로 알렸습니다."),
        actions.reset_second_factor,
        user=user,
        reason=form.cleaned_data["reason"],
    ):
        return redirect("people:person", pk=pk)
    context = {
        "title": _("2단계 인증 초기화"),
        "question": _("%(user)s 님의 인증 앱과 복구 코드를 없앱니다.") % {"user": user},
        "consequences": [
            _("이 사람의 모든 로그인이 끝납니다."),
            _("다음 로그인은 비밀번호만으로 되고, 역할이 있으면 바로 새 인증 앱을 등록해야 합니다."),
            _("사유와 초기화한 사람이 감사 기록에 남고, 본인에게 메일이 갑니다."),
        ],
        "form": form,
        "confirm_label": _("초기화"),
        "danger": True,
        "cancel_url": reverse("people:person", args=[pk]),
    }
    return render(request, "ui/confirm.html", context)


def _told(request: HttpRequest, done: str, action: object, **arguments: object) -> bool:
    """Run an action as the signed-in operator; say that it is done, or why not."""
    try:
        action(by=actor(request), at=clock.now(), **arguments)  # type: ignore[operator]
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return False
    messages.success(request, done)
    return True
