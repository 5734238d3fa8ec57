// Makes the drawn map one that can be moved and enlarged. What it shows stands in the list already;
// without this script, without Leaflet or without the polygons the drawing stays.
(() => {
  const page = document.querySelector("[data-map]");
  const box = page && page.querySelector("[data-live]");
  if (!box || !window.L) return;

  const find = (name) => page.querySelector(`[data-${name}]`);
  const [tools, ground, state, chosen] = ["tools", "ground", "ground-state", "chosen"].map(find);
  const rows = new Map([...page.querySelectorAll("tr[data-code]")].map((row) => [row.dataset.code, row]));
  const words = (row) => [...row.querySelectorAll("[data-name], [data-value]")].map((part) => part.dataset.full || part.textContent.trim()).join(": ");
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const areas = new Map();
  let map, tiles;

  fetch(page.dataset.shapes, { headers: { Accept: "application/geo+json" } })
    .then((reply) => (reply.ok ? reply.json() : Promise.reject(reply.status)))
    .then(draw)
    .catch(() => { state.textContent = state.dataset.failed; });

  function draw(shapes) {
    box.hidden = tools.hidden = false;
    box.closest(".map").classList.add("map--live");
    map = L.map(box, {
      zoomControl: false, zoomSnap: 0.25, scrollWheelZoom: false, dragging: !L.Browser.mobile, attributionControl: false,
      zoomAnimation: !calm, fadeAnimation: !calm, inertia: !calm, maxZoom: 19,
    });
    L.control.zoom({ zoomInTitle: box.dataset.in, zoomOutTitle: box.dataset.out }).addTo(map);
    map.createPane("edge");
    const layer = L.geoJSON(shapes, { style: tinted, onEachFeature: listen }).addTo(map);
    const asked = { type: "FeatureCollection", features: shapes.features.filter((one) => "asked" in rowOf(one).dataset) };
    const edge = (className) => L.geoJSON(asked, { pane: "edge", interactive: false, style: { className, fill: false } }).addTo(map);
    edge("spot-halo");
    const bounds = { all: layer.getBounds(), asked: edge("spot-asked").getBounds() };
    map.fitBounds(bounds.all);
    for (const button of tools.querySelectorAll("[data-fit]")) {
      button.addEventListener("click", () => { if (bounds[button.dataset.fit].isValid()) map.fitBounds(bounds[button.dataset.fit].pad(0.2), { maxZoom: 16 }); });
    }
    box.addEventListener("focusin", () => map.scrollWheelZoom.enable());
    box.addEventListener("focusout", () => map.scrollWheelZoom.disable());
    ground.addEventListener("change", () => (ground.checked ? tryGround() : dropGround("off")));
    tryGround();
  }

  function rowOf(feature) { return rows.get(feature.properties.code) || { dataset: {} }; }

  function tinted(feature) {
    const tint = rowOf(feature).dataset.tint || "0";
    return { className: `spot spot--${tint}`, fillColor: tint === "0" ? "url(#no-figure)" : "currentColor", fillOpacity: 1 };
  }

  function listen(feature, layer) {
    const row = rows.get(feature.properties.code);
    if (!row) return;
    areas.set(feature.properties.code, layer);
    layer.bindTooltip(() => Object.assign(document.createElement("span"), { textContent: words(row) }), { sticky: true });
    layer.on("click", () => { choose(feature.properties.code); const part = row.closest("details"); if (part) part.open = true; row.scrollIntoView({ block: "nearest" }); });
  }

  // What has the focus in the list is marked on the map; following its link goes there.
  page.addEventListener("focusin", (event) => {
    const row = event.target.closest("tr[data-code]");
    if (row && areas.has(row.dataset.code)) choose(row.dataset.code);
  });
  page.addEventListener("click", (event) => {
    const row = event.target.closest("tr[data-code] a") && event.target.closest("tr");
    if (!row || !areas.has(row.dataset.code)) return;
    event.preventDefault();
    choose(row.dataset.code);
    goTo(areas.get(row.dataset.code).getBounds());
    if (box.getBoundingClientRect().bottom < 0 || box.getBoundingClientRect().top > innerHeight) box.scrollIntoView({ block: "center" });
  });

  function goTo(bounds) {
    if (!map.getBounds().contains(bounds)) map.fitBounds(bounds.pad(1), { maxZoom: map.getZoom(), animate: !calm });
  }

  function choose(code) {
    for (const marked of page.querySelectorAll(".is-chosen")) marked.classList.remove("is-chosen");
    rows.get(code).classList.add("is-chosen");
    const layer = areas.get(code);
    layer.bringToFront();
    layer.getElement().classList.add("is-chosen");
    chosen.textContent = words(rows.get(code));
  }

  // One picture is asked for first: without a network there is one failure, not a wall of them.
  function tryGround() {
    if (!navigator.onLine) { dropGround("offline"); return; }
    const zoom = Math.round(map.getZoom());
    const at = L.CRS.EPSG3857.latLngToPoint(map.getCenter(), zoom).divideBy(256).floor();
    const probe = new Image();
    const late = setTimeout(() => { probe.onload = null; dropGround("offline"); }, 8000);
    probe.onload = () => { clearTimeout(late); if (ground.checked) addGround(); };
    probe.onerror = () => { clearTimeout(late); dropGround("offline"); };
    probe.src = L.Util.template(page.dataset.tiles, { z: zoom, x: at.x, y: at.y });
  }

  function addGround() {
    if (tiles) return;
    L.control.attribution({ prefix: false }).addTo(map).addAttribution(box.dataset.credit);
    tiles = L.tileLayer(page.dataset.tiles, { maxZoom: 19 }).addTo(map);
    box.classList.add("has-ground");
    state.textContent = state.dataset.on;
  }

  function dropGround(why) {
    ground.checked = false;
    if (tiles) tiles.remove();
    tiles = undefined;
    box.classList.remove("has-ground");
    state.textContent = state.dataset[why];
  }
})();
