"""/console/: the board of the year; /home/: each role's first page."""

from django.urls import path

from naru.portal.console import views

app_name = "console"
urlpatterns = [
    path("console/", views.board, name="board"),
    path("home/", views.home, name="home"),
]
