// Keys for who reads many stories. Everything can be done with the buttons; while somebody types, keys are letters.
(() => {
  const OFF = "buurtagenda.sneltoetsen.uit";
  const stored = () => { try { return localStorage.getItem(OFF) === "1"; } catch { return false; } };
  const keep = (off) => { try { if (off) localStorage.setItem(OFF, "1"); else localStorage.removeItem(OFF); } catch { /* this page only */ } };
  let off = stored();

  const stories = () => [...document.querySelectorAll(".beoordeel")];
  const current = () => document.activeElement.closest(".beoordeel") || (stories().length === 1 ? stories()[0] : null);
  const typing = (target) => target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && target.type !== "checkbox";

  function step(by) {
    const all = stories();
    const place = all.indexOf(current());
    const next = all[place < 0 ? (by > 0 ? 0 : all.length - 1) : place + by];
    if (next) { next.focus(); next.scrollIntoView({ block: "start" }); }
  }

  function press(key) {
    const within = key === "v" ? document : current();
    const found = within && within.querySelector(`[data-key="${key}"]`);
    if (!found) return false;
    if (found.tagName === "FORM") found.requestSubmit();
    else if (found.tagName === "DETAILS") { found.open = true; found.querySelector("select, input:not([type=hidden]), textarea").focus(); }
    else found.click();
    return true;
  }

  document.addEventListener("keydown", (event) => {
    if (off || event.ctrlKey || event.altKey || event.metaKey || event.repeat || typing(event.target)) return;
    const key = event.key.toLowerCase();
    if (key === "j" || key === "k") step(key === "j" ? 1 : -1);
    else if (key === "x") { const box = current() && current().querySelector("[name=chosen]"); if (!box) return; box.checked = !box.checked; }
    else if (!"vphwlgz".includes(key) || !press(key)) return;
    event.preventDefault();
  });

  const choice = document.querySelector("[data-keys-switch]");
  if (choice) {
    const box = choice.querySelector("input");
    choice.hidden = false;
    box.checked = !off;
    box.addEventListener("change", () => { off = !box.checked; keep(off); });
  }
  const all = document.querySelector("[data-choose-all]");
  if (all) {
    all.hidden = false;
    all.addEventListener("click", () => document.querySelectorAll("[name=chosen]").forEach((box) => { box.checked = true; }));
  }
})();
