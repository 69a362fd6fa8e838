"""Addresses of the pages of announcements."""

from django.urls import path

from zhegu.broadcasts import views

app_name = "broadcasts"
urlpatterns = [
    path("broadcasts/", views.today, name="today"),
    path("broadcasts/new/", views.write, name="write"),
    path("broadcasts/<uuid:announcement_id>/approve/", views.approve, name="approve"),
    path("broadcasts/<uuid:announcement_id>/end/", views.end, name="end"),
    path("broadcasts/<uuid:announcement_id>/announced/", views.announced, name="announced"),
    path("broadcasts/plays/<uuid:play_id>/undo/", views.undo, name="undo"),
]
