from django.urls import path

from zhegu.reports import views

app_name = "reports"
urlpatterns = [
    path("reports/", views.reports, name="reports"),
    path("reports/days/", views.period_form, name="period_form"),
    path("reports/days/file/", views.period_form_file, name="period_form_file"),
    path("reports/<int:no>/", views.round_forms, name="round"),
    path("reports/<int:no>/history/", views.history, name="history"),
    path("reports/<int:no>/history/file/", views.history_file, name="history_file"),
    path("reports/<int:no>/<str:form_id>/", views.form, name="form"),
    path("reports/<int:no>/<str:form_id>/file/", views.form_file, name="form_file"),
]
