"""/faq/ and /questions/."""

from django.urls import path

from naru.portal.questions.views import desk, public

app_name = "questions"
urlpatterns = [
    path("faq/", public.faq, name="faq"),
    path("faq/manage/", desk.manage, name="manage"),
    path("faq/new/", desk.new_entry, name="new_entry"),
    path("faq/<int:pk>/edit/", desk.edit_entry, name="edit_entry"),
    path("faq/<int:pk>/retire/", desk.retire_entry, name="retire_entry"),
    path("questions/", public.index, name="index"),
    path("questions/ask/", public.ask, name="ask"),
    path("questions/queue/", desk.queue, name="queue"),
    path("questions/<int:pk>/", public.detail, name="detail"),
    path("questions/<int:pk>/answer/", desk.answer, name="answer"),
]
