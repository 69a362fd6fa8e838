from django.urls import path

from zhegu.sampling.views import board, cards, closing, people, rounds, tubes

app_name = "sampling"
urlpatterns = [
    path("sampling/", rounds.rounds, name="rounds"),
    path("sampling/today/", board.today, name="today"),
    path("sampling/open/", rounds.open_round, name="open"),
    path("sampling/<uuid:round_id>/", board.round_board, name="round"),
    path("sampling/<uuid:round_id>/figures/", board.figures, name="figures"),
    path("sampling/<uuid:round_id>/people/", people.people, name="people"),
    path("sampling/<uuid:round_id>/missing/", people.missing, name="missing"),
    path("sampling/<uuid:round_id>/lines/<uuid:line_id>/", people.line, name="line"),
    path("sampling/<uuid:round_id>/lines/<uuid:line_id>/say/", people.say, name="say"),
    path("sampling/<uuid:round_id>/lines/<uuid:line_id>/phone/", people.reveal, name="reveal"),
    path("sampling/<uuid:round_id>/add/", people.add, name="add"),
    path("sampling/<uuid:round_id>/schedule/", rounds.schedule, name="schedule"),
    path("sampling/<uuid:round_id>/schedule/<uuid:slot_id>/call/", rounds.call, name="call"),
    path("sampling/<uuid:round_id>/tables/<int:no>/", rounds.seat_table, name="seat_table"),
    path("sampling/<uuid:round_id>/cards/", cards.cards_of_round, name="cards"),
    path("sampling/<uuid:round_id>/cards/print/", cards.cards_pdf, name="cards_pdf"),
    path("sampling/<uuid:round_id>/lines/<uuid:line_id>/card/", cards.name_card, name="name_card"),
    path("sampling/<uuid:round_id>/tubes/", tubes.tubes, name="tubes"),
    path("sampling/<uuid:round_id>/tubes/hand-over/", tubes.hand_over, name="hand_over"),
    path("sampling/<uuid:round_id>/tubes/results/", tubes.results, name="results"),
    path("sampling/<uuid:round_id>/recheck/", tubes.recheck, name="recheck"),
    path("sampling/<uuid:round_id>/closing/", closing.closing, name="closing"),
    path("sampling/<uuid:round_id>/close/", closing.close, name="close"),
    path("sampling/<uuid:round_id>/conflicts/", closing.conflicts, name="conflicts"),
    path("sampling/<uuid:round_id>/conflicts/<uuid:conflict_id>/settle/", closing.settle, name="settle"),
]
