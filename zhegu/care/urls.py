"""Addresses of the pages about care."""

from django.urls import path

from zhegu.care import views

app_name = "care"
urlpatterns = [
    path("care/", views.people, name="people"),
    path("care/found/", views.found, name="found"),
    path("care/found/<uuid:hint_id>/settle/", views.settle, name="settle"),
    path("care/found/skip/<uuid:person_id>/", views.skip, name="skip"),
    path("care/pick/", views.pick, name="pick"),
    path("care/new/<uuid:person_id>/", views.new, name="new"),
    path("care/<uuid:care_id>/", views.one, name="one"),
    path("care/<uuid:care_id>/change/", views.change, name="change"),
    path("care/<uuid:care_id>/contact/", views.contact, name="contact"),
    path("care/<uuid:care_id>/end/", views.end, name="end"),
    path("care/<uuid:care_id>/reopen/", views.reopen, name="reopen"),
    path("care/contacts/<uuid:contact_id>/undo/", views.undo, name="undo"),
]
