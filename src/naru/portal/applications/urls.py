"""Home, the self-checks, /applications/ and /confirmations/."""

from django.urls import path

from naru.portal.applications.views import draft, professor, public, start, status

app_name = "applications"
urlpatterns = [
    path("", public.home, name="home"),
    path("check/eligibility/", public.check_eligibility, name="check_eligibility"),
    path("check/documents/", public.check_documents, name="check_documents"),
    path("check/model/", public.check_model, name="check_model"),
    path("applications/", draft.index, name="index"),
    path("applications/start/", start.start, name="start"),
    path("applications/start/company/", start.start_company, name="start_company"),
    path("applications/start/company/new/", start.new_company, name="new_company"),
    path("applications/start/public/", start.start_public, name="start_public"),
    path("applications/<int:pk>/", status.detail, name="detail"),
    path("applications/<int:pk>/content/", status.content, name="content"),
    path("applications/<int:pk>/edit/", draft.edit, name="edit"),
    path("applications/<int:pk>/documents/", draft.documents, name="documents"),
    path("applications/<int:pk>/documents/<slug:code>/", draft.documents, name="attach"),
    path("applications/<int:pk>/files/<int:document>/", draft.download, name="download"),
    path("applications/<int:pk>/submit/", draft.submit, name="submit"),
    path("applications/<int:pk>/receipt/", draft.receipt, name="receipt"),
    path("applications/<int:pk>/withdraw/", draft.withdraw, name="withdraw"),
    path("confirmations/", professor.confirmations, name="confirmations"),
    path("confirmations/<int:pk>/", professor.confirm, name="confirm"),
]
