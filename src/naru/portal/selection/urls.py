"""/selection/, /matching/, /capacity/, the public results of a call, an applicant's result letter."""

from django.urls import path

from naru.portal.selection.views import capacity, matching, results, room, runs

app_name = "selection"
urlpatterns = [
    path("selection/", room.room, name="room"),
    path("selection/propose/", room.propose, name="propose"),
    path("selection/runs/<int:pk>/", runs.run, name="run"),
    path("selection/runs/<int:pk>/confirm/", runs.confirm, name="confirm"),
    path("selection/runs/<int:pk>/publish/", runs.publish, name="publish"),
    path("selection/runs/<int:pk>/mails/", runs.mails, name="mails"),
    path("selection/runs/<int:pk>/record.json", runs.record, name="record"),
    path("matching/", matching.room, name="matching"),
    path("selection/runs/<int:pk>/matching/", matching.run, name="run_matching"),
    path("matching/<int:pk>/confirm/", matching.confirm, name="confirm_matching"),
    path("matching/<int:pk>/record.json", matching.record, name="matching_record"),
    path("capacity/", capacity.capacity, name="capacity"),
    path("calls/<slug:slug>/results/", results.results, name="results"),
    path(
        "calls/<slug:slug>/results/<slug:round_id>/selection.json",
        results.record,
        {"kind": "selection"},
        name="public_record",
    ),
    path(
        "calls/<slug:slug>/results/<slug:round_id>/matching.json",
        results.record,
        {"kind": "matching"},
        name="public_matching_record",
    ),
    path("applications/<int:pk>/result/", results.letter, name="letter"),
]
