"""Addresses of the rosters' pages."""

from django.urls import path

from zhegu.rosters import views

app_name = "rosters"
urlpatterns = [
    path("duty/", views.now, name="now"),
    path("duty/plan/", views.plan, name="plan"),
    path("duty/posts/new/", views.new_post, name="new_post"),
    path("duty/posts/<uuid:post_id>/close/", views.close_post, name="close_post"),
    path("duty/shifts/<uuid:shift_id>/", views.shift, name="shift"),
    path("duty/shifts/<uuid:shift_id>/hand-over/", views.hand_over, name="hand_over"),
    path("duty/shifts/cancel/", views.cancel, name="cancel"),
    path("duty/meals/", views.meals, name="meals"),
    path("duty/meals/print/", views.meals_pdf, name="meals_pdf"),
    path("duty/handovers/", views.handovers, name="handovers"),
    path("duty/handovers/<uuid:handover_id>/take/", views.take_over, name="take_over"),
    path("duty/handovers/<uuid:handover_id>/undo/", views.undo_hand_over, name="undo_hand_over"),
]
