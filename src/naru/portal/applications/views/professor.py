"""/confirmations/: the professor's word on students' applications."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from naru.portal.accounts.access import actor
from naru.portal.accounts.models import User
from naru.portal.applications import actions, invitations, queries
from naru.portal.applications.forms.professor import DeclineForm
from naru.portal.applications.models import Application
from naru.portal.audit.reading import reads
from naru.portal.calls import queries as calls
from naru.portal.ui import clock
from naru.portal.ui.refusals import attempt


@require_safe
@login_required
@reads("application", everybody=True)
def confirmations(request: HttpRequest) -> HttpResponse:
    """Students waiting, those answered, and the unit's one server."""
    rows = list(queries.confirmations(actor(request)))
    waiting = [row for row in rows if not _answered(row)]
    return render(request, "applications/confirmations.html", {"rows": rows, "waiting": waiting})


def _answered(application: Application) -> bool:
    given = getattr(application, "confirmation", None)
    return given is not None and (given.holds or given.state == given.State.DECLINED)


@require_http_methods(["GET", "POST"])
@login_required
@reads("application", everybody=True)
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """What one confirms, then yes or no; another professor's student does not exist (404)."""
    mine = queries.confirmations(actor(request))
    application = get_object_or_404(mine, pk=pk)
    form = DeclineForm(request.POST if request.POST.get("act") == "decline" else None)
    if request.method == "POST" and not form.is_bound:
        attempt(request, actions.confirm_student, _("학생의 신청을 확인했습니다."), application=application)
        return redirect("applications:confirmations")
    if form.is_bound and form.is_valid():
        done = _("확인하지 않음을 학생에게 알렸습니다.")
        attempt(request, actions.decline_student, done, application=application, **form.cleaned_data)
        return redirect("applications:confirmations")
    terms = calls.terms(calls.current(application.call))
    one = terms.round(application.round_id)
    context = {
        "application": application,
        "terms": terms,
        "product": next((row.title for row in terms.resources if row.id == application.product), None),
        "closes_at": one.last_closing,
        "open": one.accepts(clock.now()),
        "others": [row for row in mine if row.pk != pk and row.call_id == application.call_id],
        "given": getattr(application, "confirmation", None),
        "form": form,
    }
    return render(request, "applications/confirm.html", context)


@require_safe
def invited(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the mail: on to the page once the very address it was sent to has logged in."""
    read = invitations.read(token)
    if read is None:
        raise Http404
    pk, email = read
    user = request.user
    if isinstance(user, User) and user.email == email:
        return redirect("applications:confirm", pk)
    known = User.objects.filter(email=email).exists()
    page = reverse("account_login" if known else "account_signup")
    onward = urlencode({"next": request.path, "email": email})
    context = {"email": email, "known": known, "onward": f"{page}?{onward}", "other": user.is_authenticated}
    return render(request, "applications/invited.html", context)
