from django.urls import include, path

from buurtscan.talking_urls import talking_patterns
from buurtscan.views import maps, scans, sources, takeaways

urlpatterns = [
    path("bronnen/", sources.sources, name="sources"),
    path("bronnen/<slug:source>/ophalen/", sources.source_refresh, name="source_refresh"),
    path("p/<slug:slug>/buurtscan/", scans.buurtscan, name="buurtscan"),
    path("p/<slug:slug>/buurtscan/start/", scans.scan_start, name="scan_start"),
    path("p/<slug:slug>/buurtscan/voortgang/", scans.scan_progress, name="scan_progress"),
    path("p/<slug:slug>/buurtscan/kaart/", maps.scan_map, name="scan_map"),
    path("p/<slug:slug>/buurtscan/kaart/buurten.json", maps.scan_map_shapes, name="scan_map_shapes"),
    path("p/<slug:slug>/buurtscan/meenemen/", takeaways.takeaways, name="takeaways"),
    path("p/<slug:slug>/buurtscan/meenemen/<slug:word>/", takeaways.takeaway_file, name="takeaway_file"),
    path("p/<slug:slug>/buurtscan/meenemen/<slug:word>/maken/", takeaways.takeaway_add, name="takeaway_add"),
    *talking_patterns,
    path("p/<slug:slug>/buurtscan/bronnen/", sources.scan_sources, name="scan_sources"),
    path("p/<slug:slug>/buurtscan/", include("buurtscan.deepening_urls")),
    path("p/<slug:slug>/buurtscan/<slug:chapter>/", scans.scan_chapter, name="scan_chapter"),
]
