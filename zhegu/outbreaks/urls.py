from django.urls import path

from zhegu.outbreaks.views import outbreaks, steering

app_name = "outbreaks"
urlpatterns = [
    path("outbreaks/", outbreaks.outbreaks, name="outbreaks"),
    path("outbreaks/open/", outbreaks.open_outbreak, name="open"),
    path("outbreaks/<uuid:outbreak_id>/", outbreaks.outbreak, name="outbreak"),
    path("outbreaks/<uuid:outbreak_id>/close/", outbreaks.close_outbreak, name="close"),
    path("outbreaks/<uuid:outbreak_id>/review/", steering.review, name="review"),
    path("outbreaks/<uuid:outbreak_id>/risks/", steering.risks, name="risks"),
    path("outbreaks/<uuid:outbreak_id>/risks/set/", steering.set_risk, name="set_risk"),
    path("outbreaks/risks/<uuid:risk_id>/take-back/", steering.take_back_risk, name="take_back_risk"),
]
