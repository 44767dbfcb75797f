"""/organisations/ and /restrictions/."""

from django.urls import path

from naru.portal.organisations.views import own, people, restrictions, status

app_name = "organisations"
urlpatterns = [
    path("organisations/", own.index, name="index"),
    path("organisations/join/", people.join, name="join"),
    path("organisations/status/", status.companies, name="companies"),
    path("organisations/status/check/", status.check, name="check_status"),
    path("organisations/<int:pk>/", own.detail, name="detail"),
    path("organisations/<int:pk>/edit/", own.edit, name="edit"),
    path("organisations/<int:pk>/invite/", people.invite, name="invite"),
    path("organisations/<int:pk>/leave/", people.leave, name="leave"),
    path("organisations/members/<int:pk>/remove/", people.remove, name="remove"),
    path("organisations/members/<int:pk>/hand-over/", people.hand_over, name="hand_over"),
    path("organisations/invitations/<int:pk>/<slug:act>/", people.invitation, name="invitation"),
    path("organisations/requests/<int:pk>/<slug:act>/", people.answer, name="answer"),
    path("invitations/<str:token>/", people.accept, name="accept"),
    path("restrictions/", restrictions.restrictions, name="restrictions"),
    path("restrictions/new/", restrictions.new_restriction, name="new_restriction"),
    path("restrictions/<int:pk>/lift/", restrictions.lift_restriction, name="lift_restriction"),
]
