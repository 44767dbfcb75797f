"""/console/: the board of the year; /home/: each role's first page; /mail/: what was written to whom."""

from django.urls import path

from naru.portal.console.views import board, mails

app_name = "console"
urlpatterns = [
    path("console/", board.board, name="board"),
    path("home/", board.home, name="home"),
    path("mail/", mails.mails, name="mails"),
    path("mail/<int:pk>/", mails.mail, name="mail"),
    path("mail/<int:pk>/retry/", mails.retry_mail, name="retry_mail"),
]
