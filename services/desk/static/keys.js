// The keyboard: j and k from line to line, Enter opens (the browser's own), / to the filter or search,
// Ctrl+Enter sends a form, ? tells this. And pages of which htmx gets a part: what is no part of one is shown whole.
"use strict";
(() => {
  const LINES = "main tbody th[scope=row] a, main article h2 a";
  const SEND = "main form#act button[value=submit]:not(.default)";
  const help = document.getElementById("keys");

  const isTyping = (element) => element.closest("input, textarea, select, [contenteditable]") !== null;

  const step = (by) => {
    const lines = [...document.querySelectorAll(LINES)];
    if (lines.length === 0) return;
    const row = document.activeElement.closest("tr, article");
    const at = lines.findIndex((line) => line === document.activeElement || (row !== null && row.contains(line)));
    const next = at < 0 ? (by > 0 ? 0 : lines.length - 1) : Math.min(Math.max(at + by, 0), lines.length - 1);
    lines[next].focus();
  };

  const toSearch = () => {
    const there = document.querySelector("[data-search]");
    if (there === null) return false;
    there.focus();
    return true;
  };

  const pressed = {
    j: () => (step(1), true),
    k: () => (step(-1), true),
    "/": toSearch,
    "?": () => (help && !help.open && help.showModal(), true),
  };

  document.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // a Chinese input method is still choosing
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const send = document.querySelector(SEND);
      if (send !== null && isTyping(event.target)) {
        event.preventDefault();
        send.form.requestSubmit(send);
      }
      return;
    }
    if (event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
    if (help?.open) return;
    const done = Object.hasOwn(pressed, event.key) && pressed[event.key]();
    if (done) event.preventDefault();
  });

  // The session ran out, or the filter was refused: go there, so that the whole page says so.
  const whole = (event) => {
    event.detail.shouldSwap = false;
    location.assign(event.detail.pathInfo.finalRequestPath);
  };
  document.addEventListener("htmx:beforeSwap", (event) => {
    const part = event.detail.target.id;
    if (event.detail.xhr.status !== 200 || !event.detail.serverResponse.includes(`id="${part}"`)) whole(event);
  });
  document.addEventListener("htmx:sendError", whole);

  const hint = document.getElementById("keys-hint");
  if (hint) hint.hidden = false;
})();
