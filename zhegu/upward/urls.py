from django.urls import path

from zhegu.upward import views

app_name = "upward"
urlpatterns = [
    path("upward/", views.board, name="board"),
    path("upward/sending/", views.sending, name="sending"),
    path("upward/send/", views.send, name="send"),
    path("upward/receive/", views.receive, name="receive"),
]
