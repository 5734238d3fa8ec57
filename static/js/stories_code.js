// The QR code holds the code after a #: no browser sends that part, so no server can log it.
(() => {
  const field = document.getElementById("id_code");
  const code = new URLSearchParams(location.hash.slice(1)).get("code");
  if (!field || !code) return;
  if (!field.value) field.value = code.slice(0, 80);
  history.replaceState(null, "", location.pathname + location.search);
})();
