"""One's own second factor: what there is, put on, take off, recovery codes."""

from base64 import b64encode
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.recovery_codes.internal.flows import view_recovery_codes
from allauth.mfa.totp.internal.auth import clear_totp_secret
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from naru.portal.accounts import actions, queries
from naru.portal.accounts.access import actor
from naru.portal.accounts.forms import EnrolForm
from naru.portal.accounts.second_factor import enrolled, forget, mark_passed, must_be_fresh
from naru.portal.ui import clock

NEXT = "accounts.next"  # where the person wanted to go before having to set a second factor up


@login_required
def index(request: HttpRequest) -> HttpResponse:
    """Whether there is a second factor, and how many recovery codes are left."""
    user = actor(request)
    context = {"enrolled": enrolled(user), "codes": queries.unused_codes(user), "person": user}
    return render(request, "mfa/index.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def enrol(request: HttpRequest) -> HttpResponse:
    """Show the key, as a picture and as text; POST gives the first code."""
    user = actor(request)
    if enrolled(user):
        return redirect("mfa_index")
    must_be_fresh(request, user)
    if following := request.GET.get("next"):
        request.session[NEXT] = following
    form = EnrolForm(request.POST or None, user=user)
    if form.is_valid():
        return _enrolled(request, form)
    address = get_adapter().build_totp_url(user, form.secret)
    drawing = b64encode(get_adapter().build_totp_svg(address).encode()).decode()
    context = {"form": form, "drawing": f"data:image/svg+xml;base64,{drawing}"}
    return render(request, "mfa/totp/activate_form.html", context)


def _enrolled(request: HttpRequest, form: Any) -> HttpResponse:
    user = actor(request)
    try:
        made = actions.enrol_second_factor(
            by=user, at=clock.now(), secret=form.secret, session_key=request.session.session_key or ""
        )
    except ValidationError as error:  # set up in another window meanwhile
        messages.error(request, " ".join(error.messages))
        return redirect("mfa_index")
    clear_totp_secret(request)
    mark_passed(request, user, made)
    messages.success(request, _("2단계 인증을 켰습니다. 이제 복구 코드를 보관하십시오."))
    return redirect("mfa_view_recovery_codes")


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest) -> HttpResponse:
    """Ask, then take the second factor off."""
    user = actor(request)
    if not enrolled(user):
        return redirect("mfa_index")
    must_be_fresh(request, user)
    if request.method == "POST":
        key = request.session.session_key or ""
        actions.remove_second_factor(by=user, at=clock.now(), session_key=key)
        forget(request)
        messages.success(request, _("2단계 인증을 껐습니다."))
        return redirect("mfa_index")
    return render(request, "mfa/totp/deactivate_form.html", {"person": user})


@login_required
@never_cache
def codes(request: HttpRequest) -> HttpResponse:
    """The recovery codes, once; afterwards only how many are left."""
    user = actor(request)
    if not enrolled(user):
        return redirect("mfa_index")
    must_be_fresh(request, user)
    wrapped, may_see = view_recovery_codes(request)
    left = wrapped.get_unused_codes() if wrapped else []
    following = request.session.get(NEXT, "")
    if not url_has_allowed_host_and_scheme(following, allowed_hosts=None):
        following = ""
    context = {"codes": left if may_see else [], "left": len(left), "following": following}
    return render(request, "mfa/recovery_codes/index.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def renew(request: HttpRequest) -> HttpResponse:
    """Ask, then make new recovery codes."""
    user = actor(request)
    if not enrolled(user):
        return redirect("mfa_index")
    must_be_fresh(request, user)
    if request.method == "POST":
        actions.renew_recovery_codes(by=user, at=clock.now())
        return redirect("mfa_view_recovery_codes")
    return render(request, "mfa/recovery_codes/generate.html", {"left": queries.unused_codes(user)})
