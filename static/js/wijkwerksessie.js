// Clocks that count down by the server's time, arrow keys that turn the pages of the projector,
// and a card that is being written stays when the round comes back.
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

const unsent = new Map();
document.addEventListener("htmx:beforeSwap", (event) => {
  const cards = event.detail.target.id === "phone" && document.querySelector("#cards");
  const field = cards && cards.querySelector("textarea");
  if (field && field.value.trim()) unsent.set(cards.dataset.round, field.value);
});
document.addEventListener("htmx:afterSwap", (event) => {
  const cards = event.detail.target.id === "phone" && document.querySelector("#cards");
  const field = cards && cards.querySelector("textarea");
  if (!field || field.value) return;
  field.value = unsent.get(cards.dataset.round) || "";
  unsent.delete(cards.dataset.round);
});

// The helper's card is on the projector: the list beside the form need not wait for its turn.
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.detail.elt;
  if (event.detail.successful && ["paper", "dots"].includes(form.id) && window.htmx) window.htmx.trigger(document.body, "kaartje");
});
