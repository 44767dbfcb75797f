"""/organisations/status/: the tax service's word on every company, asked again on an operator's request."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from naru.portal.accounts.access import actor, role_required
from naru.portal.audit.reading import reads
from naru.portal.organisations import queries
from naru.portal.organisations.checking import check_soon
from naru.portal.organisations.forms import CompanyFilter
from naru.portal.organisations.models import StatusCheck

ROWS = 50


@require_safe
@role_required("operator", "auditor")
@reads("organisation")
def companies(request: HttpRequest) -> HttpResponse:
    """Companies, those never asked about first."""
    form = CompanyFilter(request.GET)
    text = form.cleaned_data["text"] if form.is_valid() else ""
    page = Paginator(queries.companies(text), ROWS).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "labels": dict(StatusCheck.Status.choices),
        "matches": dict(StatusCheck.Match.choices),
        "has_key": bool(settings.NARU_TAX_SERVICE_KEY),
    }
    return render(request, "organisations/companies.html", context)


@require_POST
@role_required("operator")
def check(request: HttpRequest) -> HttpResponse:
    """Ask about the organisations named, in the background."""
    pks = [int(one) for one in request.POST.getlist("organisation") if one.isdecimal()]
    real = list(queries.to_check(pks).values_list("pk", flat=True))
    check_soon(real, actor(request))
    if real:
        messages.success(request, _("국세청에 묻는 일을 맡겼습니다. 잠시 뒤 다시 보십시오."))
    else:
        messages.info(request, _("물을 기관이 없습니다. 가상 기관의 번호는 확인하지 않습니다(시연)."))
    back = request.POST.get("back", "")
    if url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        return redirect(back)
    return redirect("organisations:companies")
