"""/evaluation/: the operator's coverage and panels, the reviewer's own sheets."""

from django.urls import path

from naru.portal.evaluation.views import (
    coverage,
    declaration,
    documents,
    finalising,
    late,
    leaving,
    mine,
    objections,
    panel,
    pool,
    reminding,
    shadow,
    sheet,
)

app_name = "evaluation"
urlpatterns = [
    path("evaluation/", coverage.coverage, name="coverage"),
    path("evaluation/mine/", mine.mine, name="mine"),
    path("evaluation/mine/<int:pk>/", sheet.sheet, name="sheet"),
    path("evaluation/mine/<int:pk>/finalise/", finalising.finalise, name="finalise"),
    path("evaluation/mine/<int:pk>/receipt/", finalising.receipt, name="sheet_receipt"),
    path("evaluation/mine/<int:pk>/conflict/", mine.conflict, name="conflict"),
    path("evaluation/pool/", pool.index, name="pool"),
    path("evaluation/pool/import/", pool.import_list, name="import"),
    path("evaluation/pool/<int:pk>/leave/", leaving.leave, name="leave"),
    path("evaluation/pool/<int:pk>/", pool.reviewer, name="reviewer"),
    path("evaluation/objections/", objections.index, name="objections"),
    path("evaluation/objections/<int:pk>/", objections.answer, name="answer"),
    path("applications/<int:pk>/reviewers/", objections.reviewers, name="objection"),
    path("evaluation/profile/", pool.profile, name="profile"),
    path("evaluation/profile/relations/<int:pk>/end/", pool.end_relation, name="end_relation"),
    path("evaluation/declaration/<slug:slug>/", declaration.declaration, name="declaration"),
    path("evaluation/mine/<int:pk>/documents/", documents.documents, name="documents"),
    path("evaluation/mine/<int:pk>/documents/<int:document>/", documents.download, name="document"),
    path("evaluation/pledge/<slug:slug>/", mine.pledge, name="pledge"),
    path("evaluation/applications/<int:pk>/", panel.application, name="application"),
    path("evaluation/assignments/<int:pk>/remove/", panel.remove, name="remove"),
    path("evaluation/assignments/<int:pk>/conflict/", panel.conflict, name="declare"),
    path("evaluation/assignments/<int:pk>/reopen/", late.reopen, name="reopen"),
    path("evaluation/shadow/", shadow.shadows, name="shadow"),
    path("evaluation/remind/", reminding.remind, name="remind"),
    path("evaluation/panels/", coverage.panels, name="panels"),
    path("evaluation/close/", coverage.close, name="close"),
]
