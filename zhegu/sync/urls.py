from django.urls import path

from zhegu.sync.api import api

app_name = "sync"
urlpatterns = [path("api/", api.urls)]
