"""/mail/: what the portal wrote to whom, what became of it, and sending again."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from naru.portal.accounts.access import actor, role_required
from naru.portal.accounts.models import Role
from naru.portal.audit.reading import reads
from naru.portal.console import kinds
from naru.portal.console.forms import MailFilter
from naru.portal.mail import actions, queries
from naru.portal.mail.address import FILES
from naru.portal.mail.models import Mail
from naru.portal.ui import clock
from naru.portal.ui.components import Tab

ROWS = 50


@require_safe
@role_required(Role.OPERATOR, Role.AUDITOR)
@reads("mail")
def mails(request: HttpRequest) -> HttpResponse:
    """Every mail, newest first, narrowed by state, kind, address and day."""
    tally = queries.tally()
    form = MailFilter(request.GET, tally["names"])
    page = Paginator(queries.narrowed(**form.narrowed()), ROWS).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "tally": tally,
        "kinds": kinds.KINDS,
        "tabs": _tabs(tally["states"], request.GET.get("state", "")),
        "files_only": settings.EMAIL_BACKEND == FILES,
    }
    return render(request, "console/mails.html", context)


def _tabs(states: dict[str, int], chosen: str) -> list[Tab]:
    """One tab per state with its count, and one for all."""
    every = Tab(label=_("모두"), url="?", current=not chosen, count=sum(states.values()))
    return [
        every,
        *(
            Tab(label=label, url=f"?state={state}", current=state == chosen, count=states[state])
            for state, label in queries.STATES.items()
        ),
    ]


@require_safe
@role_required(Role.OPERATOR, Role.AUDITOR)
@reads("mail")
def mail(request: HttpRequest, pk: int) -> HttpResponse:
    """One mail: its text as it was or will be sent, what it tells of, its tries."""
    one = get_object_or_404(queries.with_state(), pk=pk)
    row = queries.subject(one)
    address = getattr(row, "get_absolute_url", None)
    context = {
        "mail": one,
        "kind": kinds.title(one.name),
        "row": row,
        "row_url": address() if address else "",
        "files_only": settings.EMAIL_BACKEND == FILES,
        "now": clock.now(),
    }
    return render(request, "console/mail.html", context)


@require_POST
@role_required(Role.OPERATOR)
def retry_mail(request: HttpRequest, pk: int) -> HttpResponse:
    """Have one mail tried again now."""
    one = get_object_or_404(Mail, pk=pk)
    try:
        actions.retry(by=actor(request), at=clock.now(), mail=one)
    except actions.AlreadySentError:
        messages.info(request, _("그 사이에 보냈습니다. 다시 보내지 않았습니다."))
    except actions.StillHeldError:
        messages.info(request, _("아직 공개하지 않은 결과의 메일입니다. 공개할 때 함께 보냅니다."))
    else:
        messages.success(request, _("곧 다시 보냅니다. 결과는 이 화면에 나옵니다."))
    return redirect("console:mail", pk=pk)
