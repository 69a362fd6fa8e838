from django.urls import path

from zhegu.registers.views import households, merges, moving, paper, people

app_name = "registers"
urlpatterns = [
    path("people/", people.people, name="people"),
    path("people/excel/", paper.people_excel, name="people_excel"),
    path("people/print/", paper.people_print, name="people_print"),
    path("people/call-list/", paper.call_list, name="call_list"),
    path("people/add/", people.add, name="add"),
    path("people/many/", moving.many, name="many"),
    path("people/without-grid/", moving.without_grid, name="without_grid"),
    path("people/grids/", moving.grids, name="grids"),
    path("people/grids/excel/", paper.grids_excel, name="grids_excel"),
    path("people/codes/", paper.codes, name="codes"),
    path("people/duplicates/", merges.duplicates, name="duplicates"),
    path("people/merges/<uuid:merge_id>/undo/", merges.undo, name="undo_merge"),
    path("people/households/", households.households, name="households"),
    path("people/households/add/", households.add, name="add_household"),
    path("people/households/<uuid:household_id>/", households.household, name="household"),
    path("people/households/<uuid:household_id>/change/", households.change, name="change_household"),
    path("people/households/<uuid:household_id>/split/", households.split, name="split"),
    path("people/households/<uuid:household_id>/assign/", households.assign, name="assign"),
    path("people/<uuid:person_id>/", people.person, name="person"),
    path("people/<uuid:person_id>/change/", people.change, name="change"),
    path("people/<uuid:person_id>/reveal/", people.reveal, name="reveal"),
    path("people/<uuid:person_id>/presence/", people.presence, name="presence"),
    path("people/<uuid:person_id>/code/", people.renew_code, name="renew_code"),
    path("people/<uuid:person_id>/move/", moving.move, name="move"),
    path("people/<uuid:person_id>/merge/", merges.whom, name="merge_whom"),
    path("people/<uuid:person_id>/merge/<uuid:other_id>/", merges.merge, name="merge"),
]
