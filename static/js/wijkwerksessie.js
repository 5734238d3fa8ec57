// Clocks that count down by the server's time, and arrow keys that turn the pages of the projector.
const lag = new WeakMap();
const tick = () => {
  for (const clock of document.querySelectorAll("[data-ends]")) {
    if (!lag.has(clock)) lag.set(clock, Date.now() - Number(clock.dataset.now));
    const left = Math.max(0, Math.ceil((Number(clock.dataset.ends) - Date.now() + lag.get(clock)) / 1000));
    const text = `${String(Math.floor(left / 60)).padStart(2, "0")}:${String(left % 60).padStart(2, "0")}`;
    if (clock.textContent !== text) clock.textContent = text;
    clock.toggleAttribute("data-over", left === 0);
  }
};
setInterval(tick, 250);
tick();
document.addEventListener("htmx:afterSwap", tick);

document.addEventListener("keydown", (event) => {
  if (event.target.closest("input, textarea, select") || event.altKey || event.ctrlKey || event.metaKey) return;
  const way = { ArrowRight: "next", PageDown: "next", ArrowLeft: "previous", PageUp: "previous" }[event.key];
  const link = way && document.querySelector(`[data-turn=${way}]`);
  if (!link) return;
  event.preventDefault();
  link.click();
});

// What is being typed on a phone stays: when the round moves on and comes back, and when the next
// card is begun before the answer to the last one is there.
const unsent = new Map();
const sent = new Map();
const field = () => document.querySelector("#cards textarea");
const roundOf = (area) => area.closest("#cards").dataset.round;
document.addEventListener("htmx:beforeRequest", (event) => {
  const area = event.detail.elt.querySelector("textarea");
  if (area && area === field()) sent.set(roundOf(area), area.value);
});
document.addEventListener("htmx:beforeSwap", (event) => {
  const area = field();
  if (!area || !["phone", "cards"].includes(event.detail.target.id)) return;
  const fresh = event.detail.target.id === "phone" || area.value !== sent.get(roundOf(area));
  if (fresh && area.value.trim()) unsent.set(roundOf(area), area.value);
});
document.addEventListener("htmx:afterSwap", () => {
  const area = field();
  if (!area || area.value || !unsent.has(roundOf(area))) return;
  area.value = unsent.get(roundOf(area));
  unsent.delete(roundOf(area));
});

// The helper's card is on the projector: the list beside the form need not wait for its turn.
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.detail.elt;
  if (event.detail.successful && ["paper", "dots"].includes(form.id) && window.htmx) window.htmx.trigger(document.body, "kaartje");
});
