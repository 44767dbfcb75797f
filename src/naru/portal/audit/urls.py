"""/audit/: the record, the check of its chains, and the heads everybody may keep."""

from django.urls import path

from naru.portal.audit import views

app_name = "audit"
urlpatterns = [
    path("audit/", views.events, name="events"),
    path("audit/events/<int:pk>/", views.event, name="event"),
    path("audit/reads/", views.read_list, name="reads"),
    path("audit/verify/", views.verify, name="verify"),
    path("audit/chains/<str:chain_key>.jsonl", views.download, name="download"),
    path("audit/heads/", views.heads, name="heads"),
    path("audit/heads.json", views.heads_file, name="heads_file"),
]
