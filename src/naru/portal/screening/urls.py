"""/screening/, /technical-review/ and an applicant's /applications/<id>/corrections/."""

from django.urls import path

from naru.portal.screening.views import card, corrections, queue, technical

app_name = "screening"
urlpatterns = [
    path("screening/", queue.queue, name="queue"),
    path("screening/find/", queue.find_round, name="find_round"),
    path("screening/confirm/", queue.confirm_clean, name="confirm_clean"),
    path("screening/duplicates/", queue.duplicates, name="duplicates"),
    path("screening/duplicates/<str:unit>/", queue.resolve, name="resolve"),
    path("screening/coverage/", queue.coverage, name="coverage"),
    path("screening/<int:pk>/", card.card, name="card"),
    path("screening/<int:pk>/documents/<int:document>/", card.document, name="document"),
    path("screening/reviews/<int:pk>/reopen/", card.reopen, name="reopen"),
    path("technical-review/", technical.reviews, name="reviews"),
    path("technical-review/<int:pk>/", technical.review, name="review"),
    path("applications/<int:pk>/corrections/", corrections.corrections, name="corrections"),
]
