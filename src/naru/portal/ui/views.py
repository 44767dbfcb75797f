"""The gallery `/ui/`: every component in every state; the accessibility test walks it first."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from naru.portal.ui import gallery, navigation


@login_required
@require_safe
def component_gallery(request: HttpRequest, mood: str = "applicant") -> HttpResponse:
    """Show the components in the applicant's or the staff's mood; the page's data is invented."""
    if "operator" not in navigation.roles_of(request.user):
        raise PermissionDenied(_("구성 요소 견본은 운영기관만 볼 수 있습니다."))
    base = "base_staff.html" if mood == "staff" else "base.html"
    return render(request, "ui/gallery/page.html", {"base": base, "mood": mood, **gallery.samples(mood)})
