"""/applications/<id>/confirmation/: how the professor's word stands; ask again, name another."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from naru.domain.decision import Refused
from naru.portal.accounts.access import actor
from naru.portal.accounts.models import User
from naru.portal.applications import actions, invitations
from naru.portal.applications.forms.professor import ProfessorForm
from naru.portal.applications.models import Application
from naru.portal.applications.views.access import own
from naru.portal.applications.views.status import context_of
from naru.portal.organisations import actions as organisations
from naru.portal.organisations.models import Professor
from naru.portal.ui import clock
from naru.portal.ui.refusals import attempt


@require_http_methods(["GET", "POST"])
@login_required
def confirmation(request: HttpRequest, pk: int) -> HttpResponse:
    """A POST with `act=ask` mails the professor; `act=change` names another while it is a draft."""
    application = own(request, pk)
    if application.role != Application.Role.STUDENT:
        raise Http404
    form = ProfessorForm(request.POST if request.POST.get("act") == "change" else None)
    if request.method == "POST" and not form.is_bound:
        done = _("교수님께 확인을 요청하는 메일을 보냅니다.")
        attempt(request, actions.ask_professor, done, application=application)
        return redirect("applications:confirmation", pk)
    context = context_of(application, "confirmation")
    if form.is_bound and form.is_valid():
        try:
            _change(request, application, form)
        except Refused as refusal:
            context["refusal"] = refusal.finding
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("지도교수를 바꾸었습니다. 확인을 요청하십시오."))
            return redirect("applications:confirmation", pk)
    given = getattr(application, "confirmation", None)
    asked = given.asked_at if given else None
    context |= {
        "given": given,
        "again_at": asked + invitations.PAUSE if asked else None,
        "may_ask": application.state != Application.State.WITHDRAWN and not (given and given.holds),
        "paused": asked is not None and clock.now() < asked + invitations.PAUSE,
        "may_change": application.state != Application.State.SUBMITTED and context["open"],
        "form": form,
    }
    return render(request, "applications/confirmation.html", context)


def _change(request: HttpRequest, application: Application, form: ProfessorForm) -> None:
    """Two acts: enter the professor where the institution does not know the address, then name them."""
    who, at, given = actor(request), clock.now(), form.cleaned_data
    email = given["professor_email"].strip().lower()
    professor = Professor.objects.filter(organisation=application.organisation_id, email=email).first()
    professor = professor or organisations.add_professor(
        by=who,
        at=at,
        organisation=application.organisation,
        name=given["professor_name"],
        email=email,
        department=given["department"],
        user=User.objects.filter(email=email).first(),
    )
    actions.change_professor(by=who, at=at, application=application, professor=professor)
