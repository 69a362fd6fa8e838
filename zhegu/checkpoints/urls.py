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
    path("gates/leaves/", views.leaves, name="leaves"),
    path("gates/leaves/<uuid:leave_id>/end/", views.end_leave, name="end_leave"),
    path("gates/patrols/", views.patrols, name="patrols"),
    path("gates/patrols/<uuid:route_id>/close/", views.close_route, name="close_route"),
    path("gates/patrols/findings/<uuid:finding_id>/undo/", views.undo_finding, name="undo_finding"),
    path("gates/new/", views.new_gate, name="new_gate"),
    path("gates/<uuid:gate_id>/", views.gate, name="gate"),
    path("gates/<uuid:gate_id>/close/", views.close, name="close"),
    path("gates/crossings/<uuid:crossing_id>/undo/", views.undo, name="undo"),
]
