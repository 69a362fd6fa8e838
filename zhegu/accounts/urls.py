from django.urls import path

from zhegu.accounts import views

app_name = "accounts"
urlpatterns = [
    path("team/", views.team, name="team"),
    path("team/add/", views.add, name="add"),
    path("team/stationed/", views.keep_team, name="keep_team"),
    path("team/stationed/end/", views.end_team, name="end_team"),
    path("team/<uuid:staff_id>/serves/", views.serves, name="serves"),
    path("team/<uuid:staff_id>/roles/", views.give_roles, name="give_roles"),
    path("team/<uuid:staff_id>/roles/<int:grant_id>/take/", views.take_role, name="take_role"),
    path("team/<uuid:staff_id>/password/", views.new_password, name="new_password"),
    path("team/<uuid:staff_id>/leave/", views.leave, name="leave"),
]
