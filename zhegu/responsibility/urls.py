from django.urls import path

from zhegu.responsibility import views

app_name = "responsibility"
urlpatterns = [
    path("responsibility/", views.board, name="board"),
    path("responsibility/households/", views.households, name="households"),
    path("responsibility/households/<uuid:household_id>/", views.change_household, name="change_household"),
    path("responsibility/<str:code>/", views.change_place, name="change_place"),
]
