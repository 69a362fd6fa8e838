"""Addresses of the arrivals' pages."""

from django.urls import path

from zhegu.arrivals.views import arrivals, deciding, notices, sites

app_name = "arrivals"
urlpatterns = [
    path("arrivals/", arrivals.arrivals, name="arrivals"),
    path("arrivals/new/", arrivals.register, name="register"),
    path("arrivals/notices/", notices.notices, name="notices"),
    path("arrivals/notices/<uuid:notice_id>/print/", notices.notice_pdf, name="notice_pdf"),
    path("arrivals/notices/<uuid:notice_id>/revoke/", notices.revoke_notice, name="revoke_notice"),
    path("arrivals/sites/", sites.sites, name="sites"),
    path("arrivals/sites/<uuid:site_id>/", sites.site, name="site"),
    path("arrivals/sites/<uuid:site_id>/change/", sites.change_site, name="change_site"),
    path("arrivals/sites/<uuid:site_id>/close/", sites.close_site, name="close_site"),
    path("arrivals/sites/<uuid:site_id>/people/", sites.add_worker, name="add_worker"),
    path("arrivals/sites/people/<uuid:worker_id>/left/", sites.worker_left, name="worker_left"),
    path("arrivals/<uuid:arrival_id>/", arrivals.arrival, name="arrival"),
    path("arrivals/<uuid:arrival_id>/call/", arrivals.call, name="call"),
    path("arrivals/<uuid:arrival_id>/undo/", arrivals.undo, name="undo"),
    path("arrivals/<uuid:arrival_id>/person/", deciding.link, name="link"),
    path("arrivals/<uuid:arrival_id>/decide/", deciding.decide, name="decide"),
    path("arrivals/<uuid:arrival_id>/reopen/", deciding.reopen, name="reopen"),
    path("arrivals/<uuid:arrival_id>/legs/", deciding.add_leg, name="add_leg"),
    path("arrivals/<uuid:arrival_id>/legs/remove/", deciding.remove_leg, name="remove_leg"),
]
