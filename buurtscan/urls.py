from django.urls import path

from buurtscan import views

urlpatterns = [
    path("p/<slug:slug>/buurtscan/", views.buurtscan, name="buurtscan"),
    path("p/<slug:slug>/buurtscan/start/", views.scan_start, name="scan_start"),
    path("p/<slug:slug>/buurtscan/voortgang/", views.scan_progress, name="scan_progress"),
    path("p/<slug:slug>/buurtscan/<slug:chapter>/", views.scan_chapter, name="scan_chapter"),
]
