"""/restrictions/: the register of restrictions."""

from django.urls import path

from naru.portal.organisations import views

app_name = "organisations"
urlpatterns = [
    path("restrictions/", views.restrictions, name="restrictions"),
    path("restrictions/new/", views.new_restriction, name="new_restriction"),
    path("restrictions/<int:pk>/lift/", views.lift_restriction, name="lift_restriction"),
]
