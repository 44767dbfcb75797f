"""/audit/: the record and the check of its chains."""

from django.urls import path

from naru.portal.audit import views

app_name = "audit"
urlpatterns = [
    path("audit/", views.events, name="events"),
    path("audit/verify/", views.verify, name="verify"),
]
