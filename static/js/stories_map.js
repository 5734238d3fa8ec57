// Points at a place on a map. Leaflet comes only when somebody asks for the map. A resident's point is
// rounded to the middle of its square of 100 metres here already, as stories/squares.py does.
(() => {
  const part = document.querySelector("[data-point-map]");
  const field = document.getElementById("id_point");
  if (!part || !field) return;
  const find = (name) => part.querySelector(`[data-${name}]`);
  const [open, shown, box, said, clear] = ["open", "shown", "box", "said", "clear"].map(find);
  const list = document.getElementById("id_spot");
  const kind = document.getElementById("id_kind");
  const STEP = 0.0009;
  const NETHERLANDS = [[50.75, 3.3], [53.55, 7.2]];
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  let map, mark, places = [];

  const exact = () => "exact" in part.dataset && !(kind && kind.value === "straat");
  const width = (lat) => STEP / Math.cos((lat * Math.PI) / 180);
  const round = (value) => Math.round(value * 1e6) / 1e6;

  function squared({ lat, lng }) {
    const middle = (Math.floor(lat / STEP) + 0.5) * STEP;
    const wide = width(middle);
    return { lat: round(middle), lng: round((Math.floor(lng / wide) + 0.5) * wide) };
  }

  function pointIn(text) {
    const found = text.match(/^\s*(\d+(?:[.,]\d+)?)\s*[,;\s]\s*(\d+(?:[.,]\d+)?)\s*$/);
    return found && { lat: Number(found[1].replace(",", ".")), lng: Number(found[2].replace(",", ".")) };
  }

  function choose(where) {
    const at = exact() ? { lat: round(where.lat), lng: round(where.lng) } : squared(where);
    field.value = `${at.lat.toFixed(6)}, ${at.lng.toFixed(6)}`;
    if (list) list.value = "";
    show(exact() ? said.dataset.point : said.dataset.square);
  }

  function show(words) {
    const at = pointIn(field.value);
    clear.hidden = !at;
    said.textContent = words;
    if (!map) return;
    if (mark) mark.remove();
    mark = undefined;
    if (!at) return;
    const half = { lat: STEP / 2, lng: width(at.lat) / 2 };
    mark = exact()
      ? L.circleMarker(at, { radius: 9, className: "puntkaart__gekozen" })
      : L.rectangle([[at.lat - half.lat, at.lng - half.lng], [at.lat + half.lat, at.lng + half.lng]], { className: "puntkaart__gekozen" });
    mark.addTo(map);
  }

  function chooseSpot([id, name]) {
    if (!list) return;
    list.value = String(id);
    field.value = "";
    show(`${said.dataset.spot} ${name}`);
  }

  function load(url, element, property) {
    return new Promise((ready, failed) => {
      Object.assign(element, { [property]: url, onload: ready, onerror: failed });
      document.head.append(element);
    });
  }

  async function begin() {
    open.disabled = true;
    try {
      const style = Object.assign(document.createElement("link"), { rel: "stylesheet" });
      const [reply] = await Promise.all([
        fetch(part.dataset.ground),
        load(part.dataset.style, style, "href"),
        load(part.dataset.script, document.createElement("script"), "src"),
      ]);
      draw(await reply.json());
    } catch {
      shown.hidden = true;
      open.disabled = false;
      said.textContent = said.dataset.failed;
    }
  }

  function draw(ground) {
    shown.hidden = false;
    open.hidden = true;
    map = L.map(box, { zoomControl: false, scrollWheelZoom: false, attributionControl: false, zoomSnap: 0.25, maxZoom: 19, zoomAnimation: !calm, fadeAnimation: !calm, inertia: !calm });
    L.control.zoom({ zoomInTitle: box.dataset.in, zoomOutTitle: box.dataset.out }).addTo(map);
    const outline = L.geoJSON({ type: "FeatureCollection", features: ground.areas }, { interactive: false, style: { className: "puntkaart__buurt", fill: false } }).addTo(map);
    places = ground.places;
    const dots = L.featureGroup(places.map((place) => dot(place))).addTo(map);
    const now = pointIn(field.value);
    const bounds = [outline, dots].map((layer) => layer.getBounds()).find((one) => one.isValid());
    if (now) map.setView(now, 16);
    else if (bounds) map.fitBounds(bounds.pad(0.05), { maxZoom: 17 });
    else map.fitBounds(NETHERLANDS);
    map.on("click", (event) => choose(event.latlng));
    show(said.textContent);
    fetchGround();
    box.focus();
  }

  function dot(place) {
    const [, name, lat, lon] = place;
    const spot = L.circleMarker([lat, lon], { radius: 9, className: "puntkaart__plek", bubblingMouseEvents: !list });
    spot.bindTooltip(() => Object.assign(document.createElement("span"), { textContent: name }));
    if (list) spot.on("click", () => chooseSpot(place));
    return spot;
  }

  // One picture is asked for first: without a network there is one failure, not a wall of them.
  function fetchGround() {
    const zoom = Math.round(map.getZoom());
    const at = L.CRS.EPSG3857.latLngToPoint(map.getCenter(), zoom).divideBy(256).floor();
    const probe = new Image();
    probe.onload = () => {
      L.control.attribution({ prefix: false }).addTo(map).addAttribution(box.dataset.credit);
      L.tileLayer(part.dataset.tiles, { maxZoom: 19 }).addTo(map);
    };
    probe.src = L.Util.template(part.dataset.tiles, { z: zoom, x: at.x, y: at.y });
  }

  part.hidden = false;
  if (field.value && field.type === "hidden") show(said.dataset.square);
  else clear.hidden = !field.value;
  open.addEventListener("click", begin);
  find("middle").addEventListener("click", () => choose(map.getCenter()));
  clear.addEventListener("click", () => { field.value = ""; show(said.dataset.gone); });
  field.addEventListener("change", () => show(""));
  if (list) list.addEventListener("change", () => { field.value = ""; show(""); });
  if (kind) kind.addEventListener("change", () => { const at = pointIn(field.value); if (at) choose(at); });
})();
