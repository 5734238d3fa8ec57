// Records a story in the browser and puts it in the field of the form; without this script, or without
// a microphone, the field itself asks the phone for a recording.
(() => {
  "use strict";
  const box = document.getElementById("opname");
  const field = document.querySelector("input[type=file][name=sound]");
  if (!box || !field || !navigator.mediaDevices || !window.MediaRecorder || !window.DataTransfer) return;
  const part = (name) => document.getElementById(`opname-${name}`);
  const [start, stop, erase, state, again] = ["start", "stop", "weg", "stand", "terug"].map(part);
  const longest = Number(box.dataset.minutes) * 60;
  let recorder = null, pieces = [], clock = 0, seconds = 0;
  box.hidden = false;

  const say = (words) => { state.textContent = words; };
  const minutes = () => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  const show = (busy, ready) => {
    start.hidden = busy || ready;
    stop.hidden = !busy;
    erase.hidden = !ready;
    again.hidden = !ready;
    box.toggleAttribute("data-busy", busy);
  };

  const tick = () => {
    seconds += 1;
    if (seconds % 10 === 0) say(`${state.dataset.busy}: ${minutes()}`);
    if (seconds >= longest) recorder.stop();
  };

  const keep = () => {
    clearInterval(clock);
    for (const track of recorder.stream.getTracks()) track.stop();
    const kind = recorder.mimeType.split(";")[0] || "audio/webm";
    const sound = new File([new Blob(pieces, { type: kind })], "opname", { type: kind });
    const bag = new DataTransfer();
    bag.items.add(sound);
    field.files = bag.files;
    again.src = URL.createObjectURL(sound);
    show(false, true);
    say(state.dataset.ready);
    again.focus();
  };

  start.addEventListener("click", async () => {
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      recorder = new MediaRecorder(stream);
    } catch {
      say(state.dataset.refused);
      return;
    }
    pieces = [];
    seconds = 0;
    recorder.addEventListener("dataavailable", (event) => pieces.push(event.data));
    recorder.addEventListener("stop", keep);
    recorder.start();
    clock = setInterval(tick, 1000);
    show(true, false);
    say(`${state.dataset.busy}: 0:00`);
    stop.focus();
  });
  stop.addEventListener("click", () => recorder.stop());
  erase.addEventListener("click", () => {
    field.value = "";
    URL.revokeObjectURL(again.src);
    again.removeAttribute("src");
    show(false, false);
    say(state.dataset.gone);
    start.focus();
  });
})();
