"""Addresses of the runs' pages."""

from django.urls import path

from zhegu.deliveries.views import cash, custody, runs

app_name = "deliveries"
urlpatterns = [
    path("runs/", runs.listed, name="runs"),
    path("runs/new/", runs.draft, name="new_run"),
    path("runs/gather/", runs.gather, name="gather"),
    path("runs/ways/", runs.ways, name="ways"),
    path("runs/<uuid:run_id>/", runs.run, name="run"),
    path("runs/<uuid:run_id>/plan/", runs.plan, name="plan"),
    path("runs/<uuid:run_id>/begin/", runs.begin, name="begin"),
    path("runs/<uuid:run_id>/drop/", runs.drop, name="drop"),
    path("runs/<uuid:run_id>/out/", runs.out, name="out"),
    path("runs/<uuid:run_id>/driven/", runs.driven, name="driven"),
    path("runs/<uuid:run_id>/route/<int:truck>.pdf", runs.route, name="route"),
    path("runs/<uuid:run_id>/things/", custody.things, name="things"),
    path("runs/<uuid:run_id>/doors/<uuid:stop_id>/", custody.door, name="door"),
    path("runs/<uuid:run_id>/doors/<uuid:stop_id>/missing/", custody.missing, name="missing"),
    path("runs/<uuid:run_id>/doors/<uuid:stop_id>/missing/<uuid:missing_id>/undo/", custody.undo_missing, name="undo_missing"),
    path("runs/<uuid:run_id>/photos/<uuid:door_photo_id>.jpg", custody.door_photo, name="door_photo"),
    path("runs/<uuid:run_id>/photos/<uuid:door_photo_id>/drop/", custody.drop_door_photo, name="drop_door_photo"),
    path("runs/<uuid:run_id>/doors/<uuid:stop_id>/skip/", custody.skip, name="skip"),
    path("runs/<uuid:run_id>/doors/<uuid:stop_id>/cash/", cash.door_cash, name="door_cash"),
    path("runs/<uuid:run_id>/hand-overs/<uuid:hand_id>/confirm/", custody.confirm, name="confirm"),
    path("runs/<uuid:run_id>/hand-overs/<uuid:hand_id>/take-back/", custody.take_back, name="take_back"),
    path("runs/<uuid:run_id>/cash/", cash.cash, name="cash"),
    path("runs/<uuid:run_id>/cash/settle/", cash.settle_all, name="settle"),
    path("runs/<uuid:run_id>/cash/<uuid:entry_id>/undo/", cash.undo, name="undo_cash"),
    path("runs/<uuid:run_id>/receipt/", cash.receipt, name="receipt"),
    path("runs/<uuid:run_id>/close/", cash.close, name="close"),
]
