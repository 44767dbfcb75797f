"""Addresses of the look: the gallery in its two moods."""

from django.urls import path

from naru.portal.ui import views

urlpatterns = [
    path("ui/", views.component_gallery, name="ui_gallery"),
    path("ui/staff/", views.component_gallery, {"mood": "staff"}, name="ui_gallery_staff"),
]
