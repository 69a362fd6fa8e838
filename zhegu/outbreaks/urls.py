from django.urls import path

from zhegu.outbreaks.views import committee, directives, numbers, outbreaks, steering

ONE = "outbreaks/<uuid:outbreak_id>/"

app_name = "outbreaks"
urlpatterns = [
    path("outbreaks/", outbreaks.outbreaks, name="outbreaks"),
    path("outbreaks/open/", outbreaks.open_outbreak, name="open"),
    path(ONE, outbreaks.outbreak, name="outbreak"),
    path(f"{ONE}close/", outbreaks.close_outbreak, name="close"),
    path(f"{ONE}review/", steering.review, name="review"),
    path(f"{ONE}risks/", steering.risks, name="risks"),
    path(f"{ONE}risks/set/", steering.set_risk, name="set_risk"),
    path("outbreaks/risks/<uuid:risk_id>/take-back/", steering.take_back_risk, name="take_back_risk"),
    path(f"{ONE}bulletins/", committee.bulletins, name="bulletins"),
    path(f"{ONE}bulletins/write/", committee.write_bulletin, name="write_bulletin"),
    path("outbreaks/bulletins/<uuid:bulletin_id>/take-back/", committee.take_back_bulletin, name="take_back_bulletin"),
    path(f"{ONE}group/", committee.group, name="group"),
    path(f"{ONE}group/add/", committee.add_member, name="add_member"),
    path(f"{ONE}group/print/", committee.print_group, name="print_group"),
    path("outbreaks/group/<uuid:member_id>/", committee.change_member, name="change_member"),
    path(f"{ONE}directives/", directives.directives, name="directives"),
    path(f"{ONE}directives/give/", directives.give_directive, name="give_directive"),
    path("outbreaks/directives/<uuid:directive_id>/", directives.directive, name="directive"),
    path("outbreaks/directives/<uuid:directive_id>/withdraw/", directives.withdraw_directive, name="withdraw_directive"),
    path("directives/", directives.my_directives, name="my_directives"),
    path("directives/<uuid:directive_id>/", directives.mark, name="mark"),
    path(f"{ONE}numbers/", numbers.numbers, name="numbers"),
    path(f"{ONE}numbers/change/", numbers.ask_for_change, name="ask_for_change"),
    path("outbreaks/numbers/<uuid:change_id>/", numbers.decide_change, name="decide_change"),
]
