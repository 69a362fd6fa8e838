from django.urls import path
from django.views.i18n import set_language

from zhegu.office import views

app_name = "office"
urlpatterns = [
    path("", views.home, name="home"),
    path("login/", views.LogIn.as_view(), name="log_in"),
    path("logout/", views.log_out, name="log_out"),
    path("language/", set_language, name="language"),
    path("community/", views.choose_community, name="choose_community"),
]
