from django.urls import path

from zhegu.cards.views import cards, keys

app_name = "cards"
urlpatterns = [
    path("cards/", cards.overview, name="cards"),
    path("cards/list/", cards.list_cards, name="list"),
    path("cards/revoke/", cards.revoke, name="revoke"),
    path("cards/check/", cards.check, name="check"),
    path("cards/trust-list.json", cards.trust_list, name="trust_list"),
    path("cards/keys/", keys.keys, name="keys"),
    path("cards/keys/make/", keys.make, name="make_keys"),
    path("cards/keys/<uuid:key_id>/revoke/", keys.revoke, name="revoke_key"),
    path("cards/root/make/", keys.make_root, name="make_root"),
    path("cards/root/sheet/", keys.sheet, name="sheet"),
    path("cards/root/put-away/", keys.put_away, name="put_away"),
    path("cards/root/restore/", keys.restore, name="restore"),
]
