"""/evaluation/assignments/<id>/reopen/: another reviewer in place of a review taken out after the closing."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from naru.domain.decision import Refused
from naru.portal.accounts.access import actor, role_required
from naru.portal.accounts.models import User
from naru.portal.audit.reading import reads
from naru.portal.evaluation import actions, queries
from naru.portal.evaluation.forms_late import ReopenForm
from naru.portal.evaluation.models import ReviewAssignment
from naru.portal.evaluation.views.panel import confirm_about
from naru.portal.ui import clock

DAYS = 5  # what the form proposes


@require_http_methods(["GET", "POST"])
@role_required("operator")
@reads("evaluation")
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose who gives the review anew and until when; only that one sheet is written after the closing."""
    rows = ReviewAssignment.objects.exclude(removed_at=None).select_related(
        "reviewer",
        "application__call",
        "application__organisation",
        "application__professor",
        "application__applicant",
    )
    row, now = get_object_or_404(rows, pk=pk), clock.now()
    free = [one.pk for one in queries.free_reviewers(row.application)]
    people = User.objects.filter(pk__in=free).order_by("name", "pk")
    evening = timezone.localtime(now + timedelta(days=DAYS)).replace(
        hour=18, minute=0, second=0, microsecond=0
    )
    form = ReopenForm(request.POST or None, people, due_at=evening)
    refusal = None
    if form.is_valid():
        try:
            actions.reopen_seat(by=actor(request), at=now, removed=row, **form.cleaned_data)
        except Refused as refused:
            refusal = refused.finding
        else:
            messages.success(request, _("평가를 맡기고 메일로 알렸습니다. 확정되면 다시 계산합니다."))
            return redirect("evaluation:application", row.application_id)
    words = {
        "title": _("빠진 평가를 다른 위원에게 맡기기"),
        "question": _("%(number)s %(name)s의 빠진 평가를 누구에게 맡깁니까?")
        % {"number": row.application.number, "name": row.application.organisation},
        "confirm_label": _("평가 맡기기"),
        "consequences": [
            _("마감한 차수에서 이 평가표 하나만 기한까지 쓸 수 있습니다. 없는 평가를 어림하지 않습니다."),
            _("평가표를 확정하면 결과를 다시 계산하고 바뀐 점수와 순위를 기록합니다."),
            _("맡은 위원은 먼저 서약과 이해관계 신고를 합니다."),
        ],
        "cancel_url": reverse("evaluation:application", args=[row.application_id]),
    }
    return confirm_about(request, row, form, words | {"refusal": refusal, "danger": False})
