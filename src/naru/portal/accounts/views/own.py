"""One's own account: name and language, and the way to address, password, second factor and sessions."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from naru.portal.accounts import actions, queries, second_factor
from naru.portal.accounts.access import actor
from naru.portal.accounts.forms import ProfileForm
from naru.portal.ui import clock


@login_required
@require_http_methods(["GET", "POST"])
def home(request: HttpRequest) -> HttpResponse:
    """Name and language; POST changes them."""
    user = actor(request)
    form = ProfileForm(request.POST or None, initial={"name": user.name, "language": user.language})
    if form.is_valid():
        actions.change_profile(by=user, at=clock.now(), **form.cleaned_data)
        messages.success(request, _("저장했습니다."))
        return redirect("account_home")
    context = {
        "form": form,
        "person": user,
        "enrolled": second_factor.enrolled(user),
        "sessions": len(queries.sessions(user)),
    }
    return render(request, "account/home.html", context)


@login_required
def sessions(request: HttpRequest) -> HttpResponse:
    """Where the person is logged in."""
    rows = queries.sessions(actor(request))
    here = request.session.session_key
    listed = [
        {
            "pk": row.pk,
            "device": row.user_agent,
            "ip": row.ip,
            "since": queries.shown(row.created_at),
            "seen": queries.shown(row.last_seen_at),
            "here": row.session_key == here,
        }
        for row in rows
    ]
    return render(request, "account/sessions.html", {"sessions": listed})


@login_required
@require_POST
def end_sessions(request: HttpRequest) -> HttpResponse:
    """End one session (`session`), or all but this one."""
    user, here = actor(request), request.session.session_key
    others = {row.pk for row in queries.sessions(user) if row.session_key != here}
    wanted = request.POST.get("session", "")
    ids = others & {int(wanted)} if wanted.isdecimal() else others if not wanted else set()
    if ids:
        actions.end_sessions(by=user, at=clock.now(), ids=ids)
        messages.success(request, _("로그아웃시켰습니다."))
    else:
        messages.info(request, _("끝낼 다른 로그인이 없습니다."))
    return redirect("usersessions_list")
