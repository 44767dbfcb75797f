"""/evaluation/: the operators' coverage and panels, the reviewers' own sheets."""

from django.urls import path

from naru.portal.evaluation.views import mine, operator

app_name = "evaluation"
urlpatterns = [
    path("evaluation/", operator.coverage, name="coverage"),
    path("evaluation/panels/", operator.panels, name="panels"),
    path("evaluation/close/", operator.close, name="close"),
    path("evaluation/applications/<int:pk>/", operator.application, name="application"),
    path("evaluation/assignments/<int:pk>/remove/", operator.remove, name="remove"),
    path("evaluation/mine/", mine.mine, name="mine"),
    path("evaluation/mine/<int:pk>/", mine.sheet, name="sheet"),
    path("evaluation/pledge/<slug:slug>/", mine.pledge, name="pledge"),
]
