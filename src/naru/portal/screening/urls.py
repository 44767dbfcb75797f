"""/screening/, /technical-review/ and an applicant's /applications/<id>/corrections/."""

from django.urls import path

from naru.portal.screening.views import (
    asking,
    card,
    corrections,
    coverage,
    narrowing,
    queue,
    renewals,
    technical,
)

app_name = "screening"
urlpatterns = [
    path("screening/", queue.queue, name="queue"),
    path("screening/find/", queue.find_round, name="find_round"),
    path("screening/confirm/", queue.confirm_clean, name="confirm_clean"),
    path("screening/duplicates/", queue.duplicates, name="duplicates"),
    path("screening/duplicates/<str:unit>/", queue.resolve, name="resolve"),
    path("screening/coverage/", coverage.coverage, name="coverage"),
    path("screening/coverage/<slug:code>/silence/", coverage.silence, name="silence"),
    path("screening/<int:pk>/", card.card, name="card"),
    path("screening/<int:pk>/ask/", asking.ask, name="ask"),
    path("screening/corrections/<int:pk>/extend/", asking.extend, name="extend"),
    path("screening/corrections/<int:pk>/take-back/", asking.take_back, name="take_back"),
    path("screening/texts/", asking.wording, name="texts"),
    path("screening/texts/<slug:kind>/", asking.wording, name="text"),
    path("screening/renewals/", renewals.outstanding, name="outstanding"),
    path("screening/renewals/<int:pk>/waive/", renewals.waive, name="waive"),
    path("screening/<int:pk>/documents/<int:document>/", card.document, name="document"),
    path("screening/reviews/<int:pk>/reopen/", card.reopen, name="reopen"),
    path("technical-review/", technical.reviews, name="reviews"),
    path("technical-review/<int:pk>/", technical.review, name="review"),
    path("applications/<int:pk>/corrections/", corrections.corrections, name="corrections"),
    path("applications/<int:pk>/models/", narrowing.narrow, name="narrow"),
    path("applications/<int:pk>/renewals/", renewals.renewals, name="renewals"),
]
