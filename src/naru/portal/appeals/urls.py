"""/applications/<pk>/appeal/ for who applied, /appeals/ for staff."""

from django.urls import path

from naru.portal.appeals.views import own, staff

app_name = "appeals"
urlpatterns = [
    path("applications/<int:pk>/appeal/", own.own, name="own"),
    path("applications/<int:pk>/appeal/withdraw/", own.withdraw, name="withdraw"),
    path("applications/<int:pk>/appeal/files/<int:file>/", own.download, name="download"),
    path("applications/<int:pk>/appeal/record.json", own.record, name="record"),
    path("appeals/", staff.queue, name="queue"),
    path("appeals/<int:pk>/", staff.card, name="card"),
]
