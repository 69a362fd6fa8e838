from django.urls import path

from zhegu.stock import views

app_name = "stock"
urlpatterns = [
    path("stock/", views.stock, name="stock"),
    path("stock/store/", views.add_store, name="add_store"),
    path("stock/item/", views.add_item, name="add_item"),
    path("stock/gear/", views.set_gear, name="set_gear"),
    path("stock/in/", views.bring_in, name="bring_in"),
    path("stock/out/", views.give_out, name="give_out"),
    path("stock/slips/", views.slips, name="slips"),
    path("stock/slips/<uuid:slip_id>/undo/", views.undo, name="undo"),
    path("stock/count/<uuid:store_id>/", views.count, name="count"),
    path("stock/picks/", views.picks, name="picks"),
    path("stock/picks/<uuid:pick_id>/", views.pick, name="pick"),
    path("stock/picks/<uuid:pick_id>/print/", views.pick_pdf, name="pick_pdf"),
    path("stock/picks/<uuid:pick_id>/move/", views.move_pick, name="move_pick"),
    path("stock/picks/<uuid:pick_id>/drop/", views.drop_pick, name="drop_pick"),
    path("stock/boxes/", views.boxes, name="boxes"),
    path("stock/boxes/<uuid:box_id>/", views.box, name="box"),
    path("stock/boxes/<uuid:box_id>/label/", views.box_label, name="box_label"),
    path("stock/boxes/<uuid:box_id>/hand/", views.hand_box, name="hand_box"),
    path("stock/boxes/<uuid:box_id>/open/", views.open_box, name="open_box"),
    path("stock/boxes/<uuid:box_id>/undo/", views.undo_box, name="undo_box"),
    path("stock/loans/", views.loans, name="loans"),
    path("stock/loans/new/", views.lend, name="lend"),
    path("stock/loans/<uuid:loan_id>/back/", views.take_in, name="take_in"),
    path("stock/loans/<uuid:loan_id>/undo/", views.undo_loan, name="undo_loan"),
    path("stock/loans/back/<uuid:back_id>/undo/", views.undo_back, name="undo_back"),
    path("stock/gifts/", views.gifts, name="gifts"),
    path("stock/gifts/<uuid:gift_id>/", views.spend, name="spend"),
]
