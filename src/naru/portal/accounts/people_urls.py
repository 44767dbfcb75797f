"""The operators' page of people."""

from django.urls import path

from naru.portal.accounts.views import people

app_name = "people"
urlpatterns = [
    path("people/", people.people, name="people"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/grant/", people.grant, name="grant"),
    path("people/<int:pk>/revoke/", people.revoke, name="revoke"),
    path("people/<int:pk>/reset-factor/", people.reset_factor, name="reset_factor"),
]
