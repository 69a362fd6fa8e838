"""Addresses that open by a code: of a notice, of one resident; and the office's pages about them."""

from django.urls import path

from zhegu.residents.views import arriving, links, menu, own

app_name = "residents"
urlpatterns = [
    path("r/arrive/<str:notice_token>/", arriving.arriving, name="arriving"),
    path("r/me/<str:link_token>/", own.own, name="own"),
    path("r/me/<str:link_token>/check/", own.check, name="check"),
    path("r/me/<str:link_token>/contest/", own.contest, name="contest"),
    path("r/me/<str:link_token>/substitute/", own.substitute, name="substitute"),
    path("r/me/<str:link_token>/ask/", own.ask, name="ask"),
    path("r/menu/<str:menu_token>/", menu.menu, name="menu"),
    path("links/", links.links, name="links"),
    path("links/new/", links.make, name="make"),
    path("links/<uuid:link_id>/", links.link, name="link"),
    path("links/<uuid:link_id>/print/", links.link_pdf, name="link_pdf"),
    path("links/<uuid:link_id>/revoke/", links.revoke, name="revoke"),
    path("links/wishes/<uuid:wish_id>/", links.answer, name="answer"),
]
