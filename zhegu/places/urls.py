from django.urls import path

from zhegu.places import views

app_name = "places"
urlpatterns = [
    path("places/", views.places, name="places"),
    path("places/grids/", views.make_grids, name="make_grids"),
    path("places/<str:code>/name/", views.rename, name="rename"),
    path("places/<str:code>/units/", views.make_units, name="make_units"),
]
