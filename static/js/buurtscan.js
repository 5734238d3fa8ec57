// Keys that turn the screens of the presentation, as every slide show has them. The links do the work.
// Who talks to the computer can switch off the one key that is a letter.
const letters = document.getElementById("letters");
letters.hidden = false;
letters.addEventListener("click", () => {
  letters.setAttribute("aria-pressed", String(letters.getAttribute("aria-pressed") !== "true"));
});

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const typing = event.target.closest("input, textarea, select");
  if (typing && event.key !== "Escape") return;
  if (event.key === " " && event.target.closest("button, summary")) return;
  if (event.key.length === 1 && event.key !== " " && letters.getAttribute("aria-pressed") !== "true") return;
  const key = event.key === " " && event.shiftKey ? "PageUp" : event.key;
  const ways = {
    ArrowRight: "after", PageDown: "after", " ": "after",
    ArrowLeft: "before", PageUp: "before",
    Home: "first", End: "final", n: "note", N: "note", Escape: "close",
  };
  const link = ways[key] && document.querySelector(`[data-way=${ways[key]}]`);
  if (!link) return;
  event.preventDefault();
  link.click();
});
