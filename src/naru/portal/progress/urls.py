"""/progress/ for staff, /progress/mine/ and /applications/<pk>/... for awardees."""

from django.urls import path

from naru.portal.progress.views import awardee, cases, checks, staff, surveys

app_name = "progress"
urlpatterns = [
    path("progress/", staff.wall, name="wall"),
    path("progress/mine/", awardee.mine, name="mine"),
    path("progress/checks/", checks.queue, name="checks"),
    path("progress/checks/<int:pk>/", checks.check, name="check"),
    path("progress/cases/", cases.index, name="cases"),
    path("progress/cases/<int:pk>/", cases.case, name="case"),
    path("progress/surveys/", surveys.unanswered, name="surveys"),
    path("progress/<int:pk>/", staff.award, name="award"),
    path("progress/<int:pk>/case/", cases.notice, name="notice"),
    path("applications/<int:pk>/progress/", awardee.report, name="report"),
    path("applications/<int:pk>/progress/statement/", awardee.statement, name="statement"),
    path("applications/<int:pk>/midpoint/", awardee.midpoint, name="midpoint"),
    path("applications/<int:pk>/final/", awardee.final, name="final"),
    path("applications/<int:pk>/survey/", surveys.own, name="survey"),
    path("applications/<int:pk>/cases/<int:case>/", awardee.case, name="own_case"),
]
