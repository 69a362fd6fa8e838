from django.urls import path

from zhegu.sync.api import api
from zhegu.sync.views import duties, phone_app, phones, set_aside, trust

app_name = "sync"
urlpatterns = [
    path("api/", api.urls),
    path("duties/", duties.behind, name="duties"),
    path("phones/", phones.devices, name="devices"),
    path("phones/join/", phones.invite, name="invite"),
    path("phones/join/<uuid:enrolment_id>/", phones.invitation, name="invitation"),
    path("phones/join/<uuid:enrolment_id>/print/", phones.invitation_pdf, name="invitation_pdf"),
    path("phones/codes/", phones.codes, name="codes"),
    path("phones/codes/new/", phones.make_codes, name="make_codes"),
    path("phones/codes/print/", phones.codes_pdf, name="codes_pdf"),
    path("phones/set-aside/", set_aside.quarantine, name="quarantine"),
    path("phones/set-aside/<uuid:quarantined_id>/release/", set_aside.release, name="release"),
    path("phones/set-aside/<uuid:quarantined_id>/dismiss/", set_aside.dismiss, name="dismiss"),
    path("phones/outbox/", set_aside.import_outbox, name="import_outbox"),
    path("phones/<uuid:device_id>/", phones.device, name="device"),
    path("phones/<uuid:device_id>/revoke/", phones.revoke, name="revoke"),
    path("phones/<uuid:device_id>/write-off/", phones.write_off, name="write_off"),
    path("phones/<uuid:device_id>/lock-out/<uuid:staff_id>/", phones.lock_out, name="lock_out"),
    path("trust/", trust.trust, name="trust"),
    path("trust/zhegu.crt", trust.trust_crt, name="trust_crt"),
    path("trust/zhegu.mobileconfig", trust.trust_mobileconfig, name="trust_mobileconfig"),
    path("phone/", phone_app.phone, name="phone"),
    path("phone/<path:path>", phone_app.phone_file, name="phone_file"),
    path("sw.js", phone_app.service_worker, name="service_worker"),
    path("manifest.webmanifest", phone_app.manifest, name="manifest"),
]
