"""Addresses of the pages of door-to-door campaigns."""

from django.urls import path

from zhegu.visits import views

app_name = "visits"
urlpatterns = [
    path("visits/", views.campaigns, name="campaigns"),
    path("visits/new/", views.new, name="new"),
    path("visits/clashes/", views.clashes, name="clashes"),
    path("visits/<uuid:campaign_id>/", views.campaign, name="campaign"),
    path("visits/<uuid:campaign_id>/questions/", views.questions, name="questions"),
    path("visits/<uuid:campaign_id>/doors/", views.doors, name="doors"),
    path("visits/<uuid:campaign_id>/walk/", views.walk, name="walk"),
    path("visits/<uuid:campaign_id>/add/", views.add, name="add"),
    path("visits/<uuid:campaign_id>/close/", views.close, name="close"),
    path("visits/<uuid:campaign_id>/reopen/", views.reopen, name="reopen"),
    path("visits/doors/<uuid:door_id>/", views.door, name="door"),
    path("visits/doors/<uuid:door_id>/visit/", views.visit, name="visit"),
    path("visits/doors/<uuid:door_id>/word/", views.word, name="word"),
    path("visits/said/<uuid:said_id>/undo/", views.undo, name="undo"),
    path("visits/said/<uuid:said_id>/choose/", views.choose, name="choose"),
]
