// Marking a passage with mouse, finger or keyboard, and searching themes while tagging. Without this
// script the page works with sentence numbers and ticks.
(() => {
  const picker = document.querySelector("[data-themas]");
  const small = (text) => text.toLocaleLowerCase("nl");

  // --- themes: search, and make one on the spot -------------------------------------------
  if (picker) {
    const part = (name) => picker.querySelector(`[${name}]`);
    const box = part("data-zoek"), list = part("data-lijst"), make = part("data-maak");
    const input = box.querySelector("input"), status = box.querySelector("[role=status]");
    const rows = () => [...list.querySelectorAll("[data-naam]")];
    box.hidden = false;
    part("data-zonder-script").hidden = true;

    const search = () => {
      const asked = small(input.value.trim());
      let number = 0, same = false;
      for (const row of rows()) {
        const name = small(row.dataset.naam);
        row.hidden = !name.includes(asked) && !row.querySelector("input").checked;
        number += name.includes(asked) ? 1 : 0;
        same = same || name === asked;
      }
      status.textContent = !asked ? "" : number === 1 ? status.dataset.one : number ? status.dataset.many.replace("{n}", number) : status.dataset.none;
      make.hidden = !asked || same;
      make.textContent = make.dataset.text.replace("{name}", input.value.trim());
    };
    const create = () => {
      const name = input.value.trim().replace(/\s+/g, " ");
      if (!name) return;
      const row = document.createElement("li"), label = document.createElement("label");
      const tick = document.createElement("input"), text = document.createElement("span");
      row.dataset.naam = name;
      label.className = "tick";
      Object.assign(tick, { type: "checkbox", name: "new_themes", value: name, checked: true });
      text.textContent = name;
      label.append(tick, text);
      row.append(label);
      list.prepend(row);
      const empty = list.querySelector("[data-leeg]");
      if (empty) empty.remove();
      input.value = "";
      search();
      input.focus();
    };
    input.addEventListener("input", search);
    make.addEventListener("click", create);
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault(); // choosing a theme never sends the form
      const asked = small(input.value.trim());
      const shown = rows().filter((row) => asked && small(row.dataset.naam).includes(asked));
      const exact = shown.find((row) => small(row.dataset.naam) === asked) || (shown.length === 1 ? shown[0] : null);
      if (!exact) { if (!make.hidden) create(); return; }
      exact.querySelector("input").checked = true;
      input.value = "";
      search();
      status.textContent = exact.dataset.naam;
    });
  }
  // A suggestion and its theme in the list are one tick.
  document.addEventListener("change", (event) => {
    const tick = event.target;
    if (tick.name !== "themes" || tick.type !== "checkbox" || !tick.form) return;
    for (const other of tick.form.querySelectorAll('input[name="themes"]')) if (other.value === tick.value) other.checked = tick.checked;
  });

  // --- a passage ----------------------------------------------------------------------------
  const story = document.getElementById("verhaaltekst"), bar = document.getElementById("markeerbalk");
  const form = document.getElementById("citaat-maken");
  if (!story || !bar || !form) return;
  const selection = () => document.getSelection();
  const hint = document.getElementById("zo-markeert-u");
  hint.hidden = false;
  story.tabIndex = 0;
  story.setAttribute("role", "group");
  story.setAttribute("aria-labelledby", "het-verhaal");
  story.setAttribute("aria-describedby", hint.id);

  // Letters are counted as the server counts them: an emoji is one.
  const letters = (text) => [...text].length;
  const place = (node, offset) => {
    let counted = 0;
    const edge = document.createRange();
    edge.setStart(node, offset);
    for (const piece of story.querySelectorAll("[data-start]")) {
      const text = piece.firstChild;
      if (edge.comparePoint(text, 0) >= 0) break; // begins at or after the edge
      const inside = node === text ? text.data.slice(0, offset) : text.data;
      counted = Number(piece.dataset.start) + letters(inside);
    }
    return counted;
  };
  const marked = () => {
    const chosen = selection();
    if (!chosen || !chosen.rangeCount || chosen.isCollapsed) return null;
    const range = chosen.getRangeAt(0).cloneRange();
    if (!range.intersectsNode(story)) return null;
    if (!story.contains(range.startContainer)) range.setStart(story, 0);
    if (!story.contains(range.endContainer)) range.setEnd(story, story.childNodes.length);
    const start = place(range.startContainer, range.startOffset), end = place(range.endContainer, range.endOffset);
    return end > start ? { start, end, text: textOf(start, end), box: range.getBoundingClientRect() } : null;
  };
  const textOf = (start, end) => [...story.querySelectorAll("[data-start]")].map((piece) => {
    const from = Number(piece.dataset.start), all = [...piece.textContent];
    return all.slice(Math.max(0, start - from), Math.max(0, end - from)).join("");
  }).join("");

  let current = null;
  const show = () => {
    current = marked();
    bar.hidden = !current || !current.text.trim();
    if (bar.hidden) return;
    const wide = document.documentElement.clientWidth;
    bar.style.top = `${window.scrollY + current.box.bottom + 8}px`;
    bar.style.left = `${Math.max(8, Math.min(window.scrollX + current.box.left, wide - bar.offsetWidth - 8))}px`;
  };
  document.addEventListener("selectionchange", () => { if (document.activeElement !== bar.firstElementChild) show(); });
  window.addEventListener("resize", show);

  const chosen = form.querySelector("[data-gekozen]"), byNumber = form.querySelector("[data-zinnen]");
  const set = (piece) => {
    form.elements.start.value = piece ? piece.start : "";
    form.elements.end.value = piece ? piece.end : "";
    chosen.querySelector("[data-stuk]").textContent = piece ? `“${piece.text.trim()}”` : "";
    chosen.hidden = !piece;
    byNumber.hidden = Boolean(piece);
  };
  const quote = () => {
    const piece = current;
    if (!piece || !piece.text.trim()) return;
    set(piece);
    bar.hidden = true;
    const address = `${story.dataset.misschien}?start=${piece.start}&end=${piece.end}`;
    window.htmx.ajax("GET", address, { target: "#misschien", swap: "outerHTML" });
    const next = form.querySelector("[data-focus-eerst]");
    next.focus({ preventScroll: true });
    form.scrollIntoView({ block: "nearest" });
    chosen.scrollIntoView({ block: "nearest" });
  };
  bar.addEventListener("mousedown", (event) => event.preventDefault()); // keeps what is marked
  bar.addEventListener("click", (event) => { if (event.target.closest("[data-citeer]")) quote(); });
  form.querySelector("[data-wis]").addEventListener("click", () => { set(null); story.focus(); });
  // After a refused form: what was marked is still marked.
  const { start, end } = form.elements;
  if (start.value && end.value) set({ start: Number(start.value), end: Number(end.value), text: textOf(Number(start.value), Number(end.value)) });

  // --- the keyboard: a word at a time ---------------------------------------------------------
  const steps = { ArrowRight: ["right", "word"], ArrowLeft: ["left", "word"], ArrowDown: ["forward", "line"], ArrowUp: ["backward", "line"] };
  story.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target === story) { event.preventDefault(); show(); quote(); return; }
    if (event.key === "Escape") { selection().removeAllRanges(); return; }
    const step = steps[event.key];
    if (!step || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const chosen = selection();
    const inside = chosen.rangeCount && story.contains(chosen.anchorNode) && story.contains(chosen.focusNode);
    if (!inside) {
      chosen.collapse(story.querySelector("[data-start]").firstChild, 0);
      chosen.modify("extend", "forward", "word");
    } else if (event.shiftKey) {
      chosen.modify("extend", ...step);
    } else {
      const backward = event.key === "ArrowLeft" || event.key === "ArrowUp";
      if (backward) chosen.collapseToStart(); else chosen.collapseToEnd();
      chosen.modify("move", ...step);
      if (step[1] === "word" && !backward) chosen.modify("move", "backward", "word");
      chosen.modify("extend", "forward", "word");
    }
    if (!story.contains(chosen.focusNode)) chosen.extend(story, story.childNodes.length);
    show();
  });
})();
