{# `files` is JSON of our own addresses. #}// Keeps the page of one walk and its files, and gives them when there is no connection.
const FILES = {{ files|safe }};
const BOX = "buurtwandeling" + FILES[0];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(BOX).then((box) => box.addAll(FILES)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const path = new URL(event.request.url).pathname;
  if (event.request.method !== "GET" || !FILES.some((file) => new URL(file, self.location).pathname === path)) return;
  event.respondWith(fresh(event.request));
});

async function fresh(request) {
  const box = await caches.open(BOX);
  try {
    const response = await fetch(request);
    if (response.ok && !response.redirected) await box.put(request, response.clone());
    return response;
  } catch {
    return (await box.match(request, { ignoreSearch: true })) || Response.error();
  }
}
