// After htmx swaps a part: announce what is marked, and keep the focus where it was useful.
document.addEventListener("htmx:afterSwap", (event) => {
  const target = event.detail.target;
  const error = target.querySelector && target.querySelector(".field--error input, .field--error select, .field--error textarea");
  if (error) { error.focus(); return; }
  const wanted = target.querySelector && target.querySelector("[data-focus]");
  if (wanted) wanted.focus();
});
// A form that is on its way is not sent twice; the server decides all the same.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "1";
  setTimeout(() => { delete form.dataset.sent; }, 3000);
});
