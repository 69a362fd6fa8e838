from django.urls import path

from zhegu.orders import views

app_name = "orders"
urlpatterns = [
    path("orders/", views.orders, name="orders"),
    path("orders/call/", views.call, name="call"),
    path("orders/signups/", views.signups, name="signups"),
    path("orders/signups/undo/", views.undo, name="undo_signup"),
    path("orders/medicine/", views.medicine, name="medicine"),
    path("orders/<uuid:order_id>/medicine/", views.medicine_step, name="medicine_step"),
    path("orders/<uuid:order_id>/cancel/", views.cancel, name="cancel"),
    path("orders/<uuid:order_id>/restore/", views.restore, name="restore"),
]
