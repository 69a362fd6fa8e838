from django.urls import path

from zhegu.office import views

app_name = "office"
urlpatterns = [
    path("", views.home, name="home"),
    path("first/", views.first_steps, name="first_hour"),
    path("favicon.ico", views.icon, name="icon"),
    path("login/", views.LogIn.as_view(), name="log_in"),
    path("logout/", views.log_out, name="log_out"),
    path("language/", views.choose_language, name="language"),
    path("community/", views.choose_community, name="choose_community"),
]
