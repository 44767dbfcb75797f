"""Receipts: every revision on one page, each as a file to keep; the keys that prove them; a public check."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from naru.codec.receipt import ReceiptFileError, read_receipt
from naru.codec.signature import VerifyKey
from naru.documents.receipt_file import ReceiptUnreadError, receipt_json
from naru.portal.applications import queries, receipt_page, receipts
from naru.portal.applications.forms.receipt import VerifyForm
from naru.portal.applications.models import Receipt, ReceiptKey
from naru.portal.applications.views.access import readable
from naru.portal.applications.views.status import frame_of
from naru.portal.audit.reading import reads
from naru.portal.calls import queries as calls
from naru.portal.calls.models import Call, CallVersion


@require_safe
@login_required
@reads("application")
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """Every receipt of an application, the one that counts first."""
    application = readable(request, pk, queries.outlines())
    rows = list(application.receipts.order_by("-revision"))
    if not rows:
        raise Http404
    context = frame_of(application, "receipt") | {"receipt": rows[0], "rows": rows}
    titles = {one.id: one.title for one in context["terms"].resources}
    held = rows[0].content["product"]
    context["product"] = titles.get(held, held)  # as submitted, whatever the draft says by now
    return render(request, "applications/receipt.html", context)


@require_safe
@login_required
@reads("application")
def receipt_file(request: HttpRequest, pk: int, revision: int) -> HttpResponse:
    """One receipt as JSON: payload, signature, content; for `naru receipt verify` or another program."""
    made = _of(request, pk, revision)
    keys_at = request.build_absolute_uri(reverse("applications:receipt_keys", args=[made.content["call"]]))
    answer = HttpResponse(receipts.signed(made).text(keys_at), content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{made.number}-r{made.revision}.json"'
    return answer


@require_safe
@login_required
@reads("application")
def receipt_pdf(request: HttpRequest, pk: int, revision: int) -> HttpResponse:
    """One receipt to print or to hear, made when asked for, in the reader's language."""
    made = _of(request, pk, revision)
    slug = made.content["call"]
    version = get_object_or_404(CallVersion, call__slug=slug, number=made.content["version"])
    file = receipt_page.pdf(
        made,
        calls.terms(version),
        keys_at=request.build_absolute_uri(reverse("applications:receipt_keys", args=[slug])),
        verify_at=request.build_absolute_uri(reverse("applications:verify")),
    )
    answer = HttpResponse(file, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{made.number}-r{made.revision}.pdf"'
    return answer


@require_safe
def receipt_keys(request: HttpRequest, slug: str) -> HttpResponse:
    """The public keys receipts of a call are signed with, those of before included."""
    call = get_object_or_404(Call.objects.exclude(state=Call.State.DRAFT), slug=slug)
    return render(request, "applications/receipt_keys.html", {"call": call, "keys": ReceiptKey.objects.all()})


@require_safe
def receipt_key(_request: HttpRequest, key_id: str) -> HttpResponse:
    """One public key as PEM."""
    key = get_object_or_404(ReceiptKey, pk=key_id)
    answer = HttpResponse(key.pem, content_type="application/x-pem-file")
    answer["Content-Disposition"] = f'attachment; filename="naru-receipt-{key.pk}.pub.pem"'
    return answer


@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Is this receipt ours and unchanged? For anybody who was handed one; nothing is kept."""
    form = VerifyForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        try:
            found = read_receipt(receipt_json(form.cleaned_data["data"]))
        except ReceiptFileError as error:
            form.add_error(None, form.unreadable(str(error)))
        except ReceiptUnreadError:
            form.add_error(None, form.unopened())
        else:
            keys = [VerifyKey.from_pem(key.pem.encode()) for key in ReceiptKey.objects.all()]
            context |= {"found": found, "verdict": found.check(keys).value}
    return render(request, "applications/verify.html", context)


def _of(request: HttpRequest, pk: int, revision: int) -> Receipt:
    return get_object_or_404(readable(request, pk, queries.outlines()).receipts, revision=revision)
