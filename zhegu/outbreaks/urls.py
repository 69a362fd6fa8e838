from django.urls import path

from zhegu.outbreaks import views

app_name = "outbreaks"
urlpatterns = [
    path("outbreaks/", views.outbreaks, name="outbreaks"),
    path("outbreaks/open/", views.open_outbreak, name="open"),
    path("outbreaks/<uuid:outbreak_id>/", views.outbreak, name="outbreak"),
    path("outbreaks/<uuid:outbreak_id>/close/", views.close_outbreak, name="close"),
]
