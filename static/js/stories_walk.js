// Stops of a walk are kept in the browser's own database first and sent from there: without a connection
// nothing is lost. Without this script, or in a browser that keeps nothing, the form goes out as it is.
(() => {
  "use strict";
  const form = document.getElementById("wandeling");
  const box = document.getElementById("rij");
  if (!form || !box || !window.indexedDB) return;
  const state = document.getElementById("rij-stand");
  const words = state.dataset;
  const list = document.getElementById("rij-haltes");
  const [now, erase] = ["rij-nu", "rij-weg"].map((name) => document.getElementById(name));
  const LEAVE_OUT = ["csrfmiddlewaretoken"];
  const AGAIN = 30000;
  let sending = false;

  const database = new Promise((done, fail) => {
    const asked = indexedDB.open("buurtwandeling", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("haltes", { keyPath: "id" });
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });

  async function store(mode, act) {
    const opened = await database;
    return new Promise((done, fail) => {
      const transaction = opened.transaction("haltes", mode);
      const asked = act(transaction.objectStore("haltes"));
      transaction.oncomplete = () => done(asked.result);
      transaction.onerror = () => fail(transaction.error);
      transaction.onabort = () => fail(transaction.error);
    });
  }

  const waiting = async () => {
    const all = await store("readonly", (stops) => stops.getAll());
    return all.filter((stop) => stop.to === form.action).sort((a, b) => a.at - b.at);
  };

  function number() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  const say = (text) => { state.textContent = text; };

  async function show() {
    const stops = await waiting();
    now.hidden = erase.hidden = stops.length === 0;
    list.replaceChildren(...stops.map((stop) => {
      const item = document.createElement("li");
      const text = stop.fields.find(([name]) => name === "text");
      item.textContent = `${text ? text[1].slice(0, 80) : ""}${stop.wrong ? ` (${words.wrong}${stop.wrong})` : ""}`;
      return item;
    }));
    return stops.length;
  }

  async function keep(event) {
    event.preventDefault();
    const fields = [...new FormData(form).entries()]
      .filter(([name, value]) => !LEAVE_OUT.includes(name) && !(value instanceof File && !value.size));
    const id = number();
    try {
      await store("readwrite", (stops) => stops.put({ id, to: form.action, at: Date.now(), fields }));
    } catch {
      say(words.full);
      form.submit();
      return;
    }
    form.reset();
    for (const name of ["point", "text"]) if (form.elements[name]) form.elements[name].value = "";
    say(words.kept);
    form.elements.text.focus();
    await flush();
  }

  async function token() {
    const page = await fetch(location.href, { redirect: "manual" });
    if (!page.ok) return "";
    const fresh = new DOMParser().parseFromString(await page.text(), "text/html");
    const field = fresh.querySelector("#wandeling [name=csrfmiddlewaretoken]");
    return field ? field.value : "";
  }

  function send(stop) {
    const data = new FormData();
    for (const [name, value] of stop.fields) data.append(name, value);
    data.set("stop", stop.id);
    data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    return fetch(stop.to, { method: "POST", body: data, redirect: "manual", headers: { "X-Halte": "1" } });
  }

  async function one(stop) {
    let answer = await send(stop);
    if (answer.status === 403) {
      const fresh = await token();
      if (!fresh) return words.login;
      form.elements.csrfmiddlewaretoken.value = fresh;
      answer = await send(stop);
    }
    if (answer.type === "opaqueredirect" || answer.status === 403) return words.login;
    if (answer.ok) {
      const told = await answer.json();
      await store("readwrite", (stops) => stops.delete(stop.id));
      say(`${words.sent}${told.stop} (${words.code} ${told.code})`);
      return "";
    }
    if (answer.status === 409 || answer.status === 422) {
      stop.wrong = (await answer.json()).errors.join(" ");
      await store("readwrite", (stops) => stops.put(stop));
      return `${words.wrong}${stop.wrong}`;
    }
    return words.offline;
  }

  async function flush() {
    if (sending) return;
    sending = true;
    try {
      for (const stop of await waiting()) {
        const trouble = await one(stop);
        if (trouble) say(trouble);
        if (trouble && !stop.wrong) break;
      }
    } catch {
      const left = await show();
      say(left ? `${words.offline} ${words.some}${left}` : words.none);
    } finally {
      sending = false;
      await show();
    }
  }

  form.addEventListener("submit", keep);
  now.addEventListener("click", flush);
  erase.addEventListener("click", async () => {
    if (!confirm(erase.dataset.sure)) return;
    for (const stop of await waiting()) await store("readwrite", (stops) => stops.delete(stop.id));
    await show();
    say(words.erased);
  });
  addEventListener("online", flush);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) flush(); });
  setInterval(async () => { if ((await waiting()).length) flush(); }, AGAIN);

  const here = document.getElementById("mijn-plek");
  if (here && navigator.geolocation) {
    here.hidden = false;
    here.addEventListener("click", () => navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        form.elements.point.value = `${coords.latitude.toFixed(3)}, ${coords.longitude.toFixed(3)}`;
        say(words.place);
      },
      () => say(words.lost),
      { timeout: 10000 },
    ));
  }

  if (isSecureContext && navigator.serviceWorker) navigator.serviceWorker.register(box.dataset.worker).catch(() => {});
  box.hidden = false;
  show().then((left) => { if (left) flush(); });
})();
