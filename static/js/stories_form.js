// The public form works without this. With it: what was typed waits on this device until it is sent,
// and the browser does a small sum, which shows that no machine sends thousands of stories.
(() => {
  const sent = document.querySelector("[data-sent]");
  const form = document.querySelector("form[data-keep]");
  const TEXTS = ["text", "change", "place", "caption"]; // never the photo, the consent or who the teller is
  const WEEK = 7 * 24 * 3600 * 1000;

  const shelf = {
    read(key) { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
    write(key, value) { try { localStorage.setItem(key, JSON.stringify(value)); return true; } catch { return false; } },
    clear(prefix) {
      try { Object.keys(localStorage).filter((key) => key.startsWith(prefix)).forEach((key) => localStorage.removeItem(key)); } catch { /* nothing is kept then */ }
    },
  };
  if (sent) shelf.clear(sent.dataset.sent);
  if (!form) return;

  // --- what was typed ---------------------------------------------------------------------
  const key = form.dataset.keep;
  const bar = document.querySelector("[data-draft]");
  const said = bar.querySelector("[data-said]");
  const fields = TEXTS.map((name) => form.elements[name]);
  const typed = () => Object.fromEntries(fields.map((field) => [field.name, field.value]));
  const any = () => fields.some((field) => field.value.trim());
  let waiting;

  function tell(words) { bar.hidden = false; if (said.textContent !== words) said.textContent = words; }

  function keep() {
    clearTimeout(waiting);
    if (!any()) { shelf.clear(key); bar.hidden = true; return; }
    if (!shelf.write(key, { on: Date.now(), fields: typed() })) return;
    if (bar.hidden) form.after(bar); // above the question it would push away what is being typed
    tell(said.dataset.kept);
  }

  function bringBack() {
    const kept = shelf.read(key);
    if (!kept || !kept.fields || Date.now() - kept.on > WEEK) { shelf.clear(key); return; }
    if (any() || "sentBefore" in form.dataset) { tell(said.dataset.kept); return; }
    for (const field of fields) field.value = kept.fields[field.name] || "";
    tell(said.dataset.back);
  }

  bar.querySelector("[data-wipe]").addEventListener("click", () => {
    clearTimeout(waiting);
    shelf.clear(key);
    for (const field of form.elements) {
      if (field.type === "radio" || field.type === "checkbox") field.checked = false;
      else if (field.type !== "hidden" && field.tagName !== "BUTTON" && field.tagName !== "FIELDSET") field.value = "";
    }
    form.elements.point.value = "";
    form.elements.point.dispatchEvent(new Event("change"));
    tell(said.dataset.wiped);
    location.hash = "vraag-1";
  });
  form.addEventListener("input", (event) => {
    if (!TEXTS.includes(event.target.name)) return;
    clearTimeout(waiting);
    waiting = setTimeout(keep, 400);
  });
  addEventListener("pagehide", () => { if (waiting && any()) keep(); });
  bringBack();

  form.addEventListener("submit", () => {
    const busy = form.querySelector("[data-busy]");
    busy.textContent = busy.dataset.text;
  });
  addEventListener("pageshow", (event) => { if (event.persisted) form.querySelector("[data-busy]").textContent = ""; });

  // --- the sum: find a number with which SHA-256 begins with 10 zero bits ---------------------
  const challenge = form.elements.form_token.value.split(":").pop();
  let number = 0;

  function search() {
    const until = performance.now() + 8; // a moment at a time: typing goes before
    while (performance.now() < until) {
      for (let tries = 0; tries < 20; tries += 1, number += 1) {
        if (firstWord(`${challenge}:${number}`) >>> 22 === 0) { form.elements.work.value = number; return; }
      }
    }
    setTimeout(search, 16);
  }

  const primes = [];
  for (let candidate = 2; primes.length < 64; candidate += 1) if (primes.every((prime) => candidate % prime)) primes.push(candidate);
  const fraction = (value) => ((value - Math.floor(value)) * 2 ** 32) | 0;
  const START = primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));
  const ROUND = primes.map((prime) => fraction(Math.cbrt(prime)));
  const turn = (word, by) => (word >>> by) | (word << (32 - by));

  // The first 32 bits of SHA-256 of a short text in ASCII. crypto.subtle is not there on http.
  function firstWord(text) {
    const words = new Int32Array((((text.length + 8) >> 6) + 1) * 16);
    for (let at = 0; at < text.length; at += 1) words[at >> 2] |= text.charCodeAt(at) << (24 - (at % 4) * 8);
    words[text.length >> 2] |= 0x80 << (24 - (text.length % 4) * 8);
    words[words.length - 1] = text.length * 8;
    let state = START;
    const w = new Int32Array(64);
    for (let block = 0; block < words.length; block += 16) {
      let [a, b, c, d, e, f, g, h] = state;
      for (let i = 0; i < 64; i += 1) {
        if (i < 16) w[i] = words[block + i];
        else {
          const x = w[i - 15], y = w[i - 2];
          w[i] = (w[i - 16] + w[i - 7] + (turn(x, 7) ^ turn(x, 18) ^ (x >>> 3)) + (turn(y, 17) ^ turn(y, 19) ^ (y >>> 10))) | 0;
        }
        const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + ROUND[i] + w[i]) | 0;
        const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        h = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
      }
      state = [a, b, c, d, e, f, g, h].map((word, i) => (word + state[i]) | 0);
    }
    return state[0];
  }
  setTimeout(search, 300);
})();
