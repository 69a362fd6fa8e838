"""Addresses of the gates' pages."""

from django.urls import path

from zhegu.checkpoints import views

app_name = "checkpoints"
urlpatterns = [
    path("gates/", views.today, name="today"),
    path("gates/crossings/", views.crossings, name="crossings"),
    path("gates/inside/", views.inside, name="inside"),
    path("gates/record/", views.record, name="record"),
    path("gates/offline/", views.offline, name="offline"),
    path("gates/allowed/", views.allowed, name="allowed"),
    path("gates/allowed/<uuid:allowed_id>/end/", views.end_allowed, name="end_allowed"),
    path("gates/new/", views.new_gate, name="new_gate"),
    path("gates/<uuid:gate_id>/", views.gate, name="gate"),
    path("gates/<uuid:gate_id>/close/", views.close, name="close"),
    path("gates/crossings/<uuid:crossing_id>/undo/", views.undo, name="undo"),
]
