// Keys that turn the screens of the stories, also those that a clicker sends. The links do the work.
document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("input, textarea, select")) return;
  if ((event.key === " " || event.key === "Enter") && event.target.closest("a, button, summary")) return;
  const key = event.key === " " && event.shiftKey ? "PageUp" : event.key;
  const ways = {
    ArrowRight: "after", ArrowDown: "after", PageDown: "after", " ": "after",
    ArrowLeft: "before", ArrowUp: "before", PageUp: "before",
    Home: "first", End: "final", b: "pause", B: "pause", ".": "pause", Escape: "pause",
  };
  const link = ways[key] && document.querySelector(`[data-way~=${ways[key]}]`);
  if (!link) return;
  event.preventDefault();
  link.click();
});
