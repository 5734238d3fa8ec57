"""Wie hebben we nog niet gehoord, and "ik doe mee": /p/<slug>/verhalen/… and /buurt/<slug>/meedoen/."""

from django.urls import path

from stories.views import hearing, offers

HEARD = "p/<slug:slug>/verhalen/gehoord/"
OFFERS = "p/<slug:slug>/verhalen/meedoen/"

urlpatterns = [
    path("buurt/<slug:slug>/meedoen/", offers.offer_form, name="offer_form"),
    path("buurt/<slug:slug>/meedoen/dank/", offers.offer_thanks, name="offer_thanks"),
    path("buurt/<slug:slug>/meedoen/wissen/", offers.offer_withdraw, name="offer_withdraw"),
    path("buurt/<slug:slug>/meedoen/gewist/", offers.offer_withdrawn, name="offer_withdrawn"),
    path(HEARD, hearing.heard, name="heard"),
    path(f"{HEARD}aantallen/", hearing.teller_counts, name="teller_counts"),
    path(f"{HEARD}nieuw/", hearing.outreach_add, name="outreach_add"),
    path(f"{HEARD}<int:pk>/", hearing.outreach_edit, name="outreach_edit"),
    path(f"{HEARD}<int:pk>/gedaan/", hearing.outreach_done, name="outreach_done"),
    path(f"{HEARD}<int:pk>/toch-niet/", hearing.outreach_undo, name="outreach_undo"),
    path(f"{HEARD}<int:pk>/weg/", hearing.outreach_delete, name="outreach_delete"),
    path(OFFERS, offers.offer_list, name="offers"),
    path(f"{OFFERS}<uuid:pk>/", offers.offer_follow, name="offer_follow"),
    path(f"{OFFERS}<uuid:pk>/partij/", offers.offer_party, name="offer_party"),
    path(f"{OFFERS}<uuid:pk>/weg/", offers.offer_delete, name="offer_delete"),
]
