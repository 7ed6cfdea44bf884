/*
A filtered list that gives way to the next one (htmx, see templates/components/list_live.html) stays as its reader left it:
what is folded, how far a long filter is scrolled, and where the focus is. How many rows there now are is said aloud.
Without htmx, or without JavaScript, the same links and form ask for a new page.
*/
(() => {
  "use strict";
  if (!window.htmx) return;
  const list = () => document.getElementById("liste");
  const spoken = document.body.appendChild(document.createElement("p"));
  spoken.className = "sr-only";
  spoken.setAttribute("role", "status");
  document.documentElement.classList.add("list-updates");
  let left = null;

  // An address says what is chosen: neither what is left empty nor what is usual.
  document.addEventListener("htmx:configRequest", ({ detail }) => {
    const given = [...detail.formData.entries()];
    given.forEach(([name]) => detail.formData.delete(name));
    given.forEach(([name, value]) => {
      const usual = list().querySelector(`select[name="${name}"]`)?.dataset.usual;
      if (String(value).trim() && value !== usual) detail.formData.append(name, value);
    });
  });

  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (detail.target !== list()) return;
    const focused = document.activeElement;
    left = {
      folds: new Map([...list().querySelectorAll("details[id]")].map((fold) => [fold.id, fold.open])),
      scrolled: new Map([...list().querySelectorAll("details[id] .facet__choices--long")].map(
        (long) => [long.closest("details").id, long.scrollTop])),
      focus: list().contains(focused) ? focused.id : null,
      written: focused.matches('[type="search"], [type="date"]') ? focused.value : null,
    };
  });

  document.addEventListener("htmx:afterSwap", () => {
    if (!left || !list()) return;
    const { folds, scrolled, focus, written } = left;
    left = null;
    folds.forEach((open, id) => {
      const fold = document.getElementById(id);
      if (fold) fold.open = open;
    });
    scrolled.forEach((top, id) => {
      const long = document.getElementById(id)?.querySelector(".facet__choices--long");
      if (long) long.scrollTop = top;
    });
    if (focus !== null) land(focus, written);
    say();
  });

  // Back and forward ask for the list again, so that it is today's; one request takes the place of another under way.
  document.addEventListener("htmx:historyCacheMiss", (event) => {
    event.preventDefault();
    window.htmx.ajax("GET", event.detail.path, {
      source: list(), target: list(), select: "#liste", swap: "outerHTML", push: "false",
    });
  });
  addEventListener("beforeprint", () => {
    const address = document.getElementById("sidens-adresse");
    if (address) address.textContent = location.href;
  });

  // Focus where it was; what has gone, such as a filter taken away, leaves it to the heading of the rows.
  function land(id, written) {
    const kept = id && document.getElementById(id);
    if (kept) {
      if (written !== null) kept.value = written;
      kept.focus({ preventScroll: true });
      return;
    }
    const heading = list().querySelector(".note--error h2, #resultat");
    heading?.setAttribute("tabindex", "-1");
    heading?.focus();
  }

  function say() {
    const heading = list().querySelector("#resultat");
    spoken.textContent = "";
    setTimeout(() => { spoken.textContent = heading ? heading.textContent : ""; }, 150);
  }
})();
