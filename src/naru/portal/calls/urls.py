"""/calls/: announced calls; publishing, amending, seed and quotas."""

from django.urls import path

from naru.portal.calls import views

app_name = "calls"
urlpatterns = [
    path("calls/", views.index, name="index"),
    path("clauses/<str:code>/", views.clause, name="clause"),
    path("calls/publish/", views.publish, name="publish"),
    path("calls/<slug:slug>/", views.detail, name="detail"),
    path("calls/<slug:slug>/calendar.ics", views.calendar, name="calendar"),
    path("calls/<slug:slug>/clauses/", views.clauses, name="clauses"),
    path("calls/<slug:slug>/edit/", views.amend, name="amend"),
    path("calls/<slug:slug>/rounds/<slug:round_id>/seed/", views.seed, name="seed"),
    path("calls/<slug:slug>/rounds/<slug:round_id>/close/", views.close, name="close"),
    path("calls/<slug:slug>/rounds/<slug:round_id>/quotas/", views.quotas, name="quotas"),
]
