from django.urls import path

from zhegu.monitoring import views

app_name = "monitoring"
urlpatterns = [
    path("measures/", views.measures, name="measures"),
    path("measures/begin/", views.begin, name="begin"),
    path("measures/begin/place/", views.begin_place, name="begin_place"),
    path("measures/checks/", views.checks, name="checks"),
    path("measures/checks/<uuid:check_id>/undo/", views.undo_check, name="undo_check"),
    path("measures/clinic/", views.clinic, name="clinic"),
    path("measures/clinic/<uuid:check_id>/", views.handle, name="handle"),
    path("measures/contests/<uuid:contest_id>/", views.answer, name="answer"),
    path("measures/<uuid:measure_id>/", views.measure, name="measure"),
    path("measures/<uuid:measure_id>/notice/", views.notice, name="notice"),
    path("measures/<uuid:measure_id>/certificate/", views.certificate, name="certificate"),
    path("measures/<uuid:measure_id>/act/", views.act, name="act"),
    path("measures/<uuid:measure_id>/end/", views.end, name="end"),
    path("measures/<uuid:measure_id>/household/", views.cohabitants, name="cohabitants"),
    path("measures/<uuid:measure_id>/contest/", views.contest, name="contest"),
]
