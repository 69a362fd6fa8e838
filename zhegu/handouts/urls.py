"""Addresses of the pages of distributions."""

from django.urls import path

from zhegu.handouts import views

app_name = "handouts"
urlpatterns = [
    path("handouts/", views.handouts, name="handouts"),
    path("handouts/new/", views.new, name="new"),
    path("handouts/<uuid:handout_id>/", views.handout, name="handout"),
    path("handouts/<uuid:handout_id>/shares/", views.shares, name="shares"),
    path("handouts/<uuid:handout_id>/close/", views.close, name="close"),
    path("handouts/<uuid:handout_id>/reopen/", views.reopen, name="reopen"),
    path("handouts/<uuid:handout_id>/add/", views.add, name="add"),
    path("handouts/shares/<uuid:share_id>/drop/", views.drop, name="drop"),
    path("handouts/shares/<uuid:share_id>/", views.hand_out, name="hand_out"),
    path("handouts/given/<uuid:given_id>/undo/", views.undo, name="undo"),
    path("handouts/given/<uuid:given_id>/look/", views.look, name="look"),
]
