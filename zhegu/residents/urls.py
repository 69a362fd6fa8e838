"""Addresses that open by a code: of a notice, of one resident."""

from django.urls import path

from zhegu.residents.views import arriving

app_name = "residents"
urlpatterns = [
    path("r/arrive/<str:notice_token>/", arriving.arriving, name="arriving"),
]
