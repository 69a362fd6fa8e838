from django.urls import path

from zhegu.upkeep import views

app_name = "upkeep"
urlpatterns = [
    path("upkeep/", views.upkeep, name="upkeep"),
    path("upkeep/period/", views.set_period, name="set_period"),
    path("upkeep/hold/", views.place_hold, name="place_hold"),
    path("upkeep/hold/<uuid:hold_id>/lift/", views.lift_hold, name="lift_hold"),
]
