"""/evaluation/: the operator's coverage and panels, the reviewer's own sheets."""

from django.urls import path

from naru.portal.evaluation.views import coverage, mine, panel, sheet

app_name = "evaluation"
urlpatterns = [
    path("evaluation/", coverage.coverage, name="coverage"),
    path("evaluation/mine/", mine.mine, name="mine"),
    path("evaluation/mine/<int:pk>/", sheet.sheet, name="sheet"),
    path("evaluation/mine/<int:pk>/conflict/", mine.conflict, name="conflict"),
    path("evaluation/pledge/<slug:slug>/", mine.pledge, name="pledge"),
    path("evaluation/applications/<int:pk>/", panel.application, name="application"),
    path("evaluation/assignments/<int:pk>/remove/", panel.remove, name="remove"),
    path("evaluation/assignments/<int:pk>/conflict/", panel.conflict, name="declare"),
    path("evaluation/panels/", coverage.panels, name="panels"),
    path("evaluation/close/", coverage.close, name="close"),
]
