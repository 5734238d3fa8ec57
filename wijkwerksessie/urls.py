from django.urls import URLPattern, path, re_path

from wijkwerksessie.views import after, facilitate, phone, prepare, projector

ALL = "p/<slug:slug>/wijkwerksessies/"
ONE = f"{ALL}<int:pk>/"
ROUND = f"{ONE}rondes/<int:round_pk>/"
CARD = f"{ONE}kaartjes/<int:card_pk>/"
PHONE = r"^doe/(?P<code>[0-9]{6})/"

urlpatterns: list[URLPattern] = [
    path(ALL, prepare.sessies, name="sessies"),
    path(f"{ALL}nieuw/", prepare.sessie_create, name="sessie_create"),
    path(ONE, facilitate.sessie, name="sessie"),
    path(f"{ONE}wijzigen/", prepare.sessie_edit, name="sessie_edit"),
    path(f"{ONE}verwijderen/", prepare.sessie_remove, name="sessie_remove"),
    path(f"{ONE}rondes/nieuw/", prepare.round_add, name="round_add"),
    path(ROUND, prepare.round_edit, name="round_edit"),
    path(f"{ROUND}verwijderen/", prepare.round_remove, name="round_remove"),
    path(f"{ROUND}verplaatsen/", prepare.round_move, name="round_move"),
    path(f"{ONE}start/", facilitate.sessie_start, name="sessie_start"),
    path(f"{ONE}ronde/", facilitate.sessie_step, name="sessie_step"),
    path(f"{ONE}minuten/", facilitate.sessie_minutes, name="sessie_minutes"),
    path(f"{ONE}uitslag/", facilitate.sessie_results, name="sessie_results"),
    path(f"{ONE}afsluiten/", facilitate.sessie_close, name="sessie_close"),
    path(f"{ONE}kaartjes/papier/", facilitate.card_paper, name="card_paper"),
    path(f"{ONE}stippen/papier/", facilitate.paper_dots, name="paper_dots"),
    path(f"{CARD}verbergen/", facilitate.card_hide, name="card_hide"),
    path(f"{CARD}tonen/", facilitate.card_show, name="card_show"),
    path(f"{ONE}projector/", projector.projector, name="projector"),
    path(f"{ONE}publiceren/", after.sessie_publish, name="sessie_publish"),
    path(f"{ONE}verslag/", after.sessie_verslag, name="sessie_verslag"),
    path(f"{ONE}verslag/<int:round_pk>/", after.verslag_round, name="verslag_round"),
    path("doe/", phone.join, name="join"),
    re_path(rf"{PHONE}$", phone.phone, name="phone"),
    re_path(rf"{PHONE}stand/$", phone.phone_live, name="phone_live"),
    re_path(rf"{PHONE}kaartje/(?P<round_pk>[0-9]{{1,15}})/$", phone.phone_card, name="phone_card"),
    re_path(
        rf"{PHONE}kaartje/(?P<card_pk>[0-9]{{1,15}})/weg/$",
        phone.phone_card_delete,
        name="phone_card_delete",
    ),
    re_path(rf"{PHONE}stip/$", phone.phone_dot, name="phone_dot"),
]
