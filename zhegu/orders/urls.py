from django.urls import path

from zhegu.orders import views

app_name = "orders"
urlpatterns = [
    path("orders/", views.orders, name="orders"),
    path("orders/call/", views.call, name="call"),
    path("orders/caller/", views.caller, name="caller"),
    path("orders/daily/", views.daily, name="daily"),
    path("orders/daily/set/", views.set_daily, name="set_daily"),
    path("orders/signups/", views.signups, name="signups"),
    path("orders/signups/undo/", views.undo, name="undo_signup"),
    path("orders/medicine/", views.medicine, name="medicine"),
    path("orders/shops/", views.shops, name="shops"),
    path("orders/shops/new/", views.add_shop, name="add_shop"),
    path("orders/shops/<uuid:shop_id>/", views.shop, name="shop"),
    path("orders/shops/<uuid:shop_id>/offer/", views.put_offer, name="put_offer"),
    path("orders/shops/<uuid:shop_id>/repeat/", views.repeat_board, name="repeat_board"),
    path("orders/shops/<uuid:shop_id>/slips/", views.slips, name="slips"),
    path("orders/shops/<uuid:shop_id>/slips.pdf", views.slips_pdf, name="slips_pdf"),
    path("orders/offers/<uuid:offer_id>/off/", views.offer_off, name="offer_off"),
    path("orders/photos/<uuid:box_photo_id>.jpg", views.box_photo, name="box_photo"),
    path("orders/photos/<uuid:box_photo_id>/drop/", views.drop_box_photo, name="drop_box_photo"),
    path("orders/<uuid:order_id>/medicine/", views.medicine_step, name="medicine_step"),
    path("orders/substitutes/", views.substitutes, name="substitutes"),
    path("orders/substitutes/<uuid:substitute_id>/", views.answer, name="answer"),
    path("orders/<uuid:order_id>/substitutes/<uuid:substitute_id>/undo/", views.undo_substitute, name="undo_substitute"),
    path("orders/<uuid:order_id>/substitute/", views.substitute, name="substitute"),
    path("orders/<uuid:order_id>/cancel/", views.cancel, name="cancel"),
    path("orders/<uuid:order_id>/restore/", views.restore, name="restore"),
]
