from django.urls import path

from zhegu.reports.views import blanks, columns, figures, free, periods
from zhegu.reports.views import rounds as views

app_name = "reports"
urlpatterns = [
    path("reports/", views.reports, name="reports"),
    path("reports/columns/", columns.columns, name="columns"),
    path("reports/columns/arrange/", columns.arrange, name="arrange_columns"),
    path("reports/columns/undo/", columns.undo, name="undo_columns"),
    path("reports/days/", views.period_form, name="period_form"),
    path("reports/days/file/", views.period_form_file, name="period_form_file"),
    path("reports/day/", figures.day, name="day"),
    path("reports/day/note/", figures.note_day, name="note_day"),
    path("reports/wall/", figures.wall, name="wall"),
    path("reports/free/", free.free, name="free"),
    path("reports/free/tick/", free.tick, name="free_tick"),
    path("reports/free/apply/", free.apply, name="free_apply"),
    path("reports/free/<uuid:application_id>/on/", free.move_on, name="free_move_on"),
    path("reports/blanks/", blanks.blanks, name="blanks"),
    path("reports/blanks/<uuid:blank_id>/", blanks.blank, name="blank"),
    path("reports/blanks/<uuid:blank_id>/fill/", blanks.fill, name="fill_blank"),
    path("reports/blanks/<uuid:blank_id>/request/", blanks.register, name="register_request"),
    path("reports/blanks/<uuid:blank_id>/drop/", blanks.drop, name="drop_blank"),
    path("reports/blanks/<uuid:blank_id>/back/", blanks.take_back, name="take_back_blank"),
    path("reports/periods/", periods.periods, name="periods"),
    path("reports/periods/<uuid:blank_id>/<str:first>/", periods.period, name="period"),
    path("reports/periods/<uuid:blank_id>/<str:first>/hand-in/", periods.hand_in, name="hand_in"),
    path("reports/periods/<uuid:blank_id>/<str:first>/file/", periods.file, name="period_file"),
    path("reports/versions/<uuid:report_id>/decide/", periods.decide, name="decide"),
    path("reports/made/<uuid:submission_id>/", blanks.made, name="made"),
    path("reports/made/<uuid:submission_id>/sent/", blanks.sent, name="sent"),
    path("reports/made/<uuid:submission_id>/rows/", blanks.rows, name="rows_behind"),
    path("reports/<int:no>/", views.round_forms, name="round"),
    path("reports/<int:no>/history/", views.history, name="history"),
    path("reports/<int:no>/history/file/", views.history_file, name="history_file"),
    path("reports/<int:no>/<str:form_id>/", views.form, name="form"),
    path("reports/<int:no>/<str:form_id>/file/", views.form_file, name="form_file"),
]
