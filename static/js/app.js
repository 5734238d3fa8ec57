// After htmx swaps a part: announce what is marked, and keep the focus where it was useful.
document.addEventListener("htmx:afterSwap", (event) => {
  const part = event.target; // the new part; event.detail.target may be the one that was replaced
  const find = (selector) => (part.matches && part.matches(selector) ? part : part.querySelector && part.querySelector(selector));
  const wanted = find(".field--error :is(input, select, textarea)") || find("[data-focus]");
  if (wanted) wanted.focus();
});
// A form that is on its way is not sent twice; the server decides all the same.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "1";
  setTimeout(() => { delete form.dataset.sent; }, 3000);
});
