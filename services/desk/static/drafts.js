// Keeps what stands in a form as a draft: a moment after typing, and when the page goes away.
// Without it the form has a button for the same; the server decides what is kept and for whom.
"use strict";
(() => {
  const form = document.querySelector("form[data-keep]");
  if (!form) return;
  const address = form.getAttribute("action");
  const told = document.getElementById("kept");
  const AFTER = 1500; // milliseconds without typing
  let timer = 0;
  let changed = false;
  let sent = false;

  // As the form sends it, without files: those go when it is submitted or kept by its button.
  const typed = () => {
    const data = new FormData(form);
    for (const name of new Set(data.keys())) {
      if (data.get(name) instanceof File) data.delete(name);
    }
    data.set("_do", "keep:quietly");
    return data;
  };

  const keep = async () => {
    clearTimeout(timer);
    if (!changed || sent) return;
    changed = false;
    try {
      const answer = await fetch(address, { method: "POST", body: typed(), redirect: "manual" });
      if (told && answer.status === 204) told.hidden = false;
    } catch {
      changed = true; // away for now: with the next letter it is tried again
    }
  };

  form.addEventListener("input", () => {
    changed = true;
    if (told) told.hidden = true;
    clearTimeout(timer);
    timer = setTimeout(keep, AFTER);
  });
  form.addEventListener("submit", () => {
    sent = true;
    clearTimeout(timer);
  });
  addEventListener("pageshow", () => {
    sent = false;
  });
  addEventListener("pagehide", () => {
    if (changed && !sent) navigator.sendBeacon(address, typed());
    changed = false;
  });
})();
