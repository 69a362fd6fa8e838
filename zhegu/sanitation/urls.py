"""Addresses of the pages of disinfection."""

from django.urls import path

from zhegu.sanitation import views

app_name = "sanitation"
urlpatterns = [
    path("sanitation/", views.today, name="today"),
    path("sanitation/spots/new/", views.new_spot, name="new_spot"),
    path("sanitation/spots/<uuid:spot_id>/done/", views.record, name="record"),
    path("sanitation/spots/<uuid:spot_id>/close/", views.close_spot, name="close_spot"),
    path("sanitation/done/<uuid:disinfection_id>/undo/", views.undo, name="undo"),
]
