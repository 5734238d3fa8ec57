from django.urls import path

from projects.views import bouwstenen

urlpatterns = [
    path("p/<slug:slug>/bouwsteen/<slug:bouwsteen>/", bouwstenen.bouwsteen_status, name="bouwsteen_status"),
]
