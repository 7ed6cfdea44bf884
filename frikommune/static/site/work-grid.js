/*
The grid without a new page (templates/workspace/grid/grid.html): a cell's form opens in a box, and what is saved puts a new
grid in the old one's place. The arrow keys move between cells, the space bar marks one. Without htmx, or without
JavaScript, the same links lead to pages and the same forms are sent from them.
*/
(() => {
  "use strict";
  if (!window.htmx) return;
  const grid = () => document.getElementById("skema");
  const box = document.getElementById("celle");
  const waiting = document.getElementById("celle-indhold").innerHTML;
  const spoken = document.body.appendChild(document.createElement("p"));
  spoken.className = "sr-only";
  spoken.setAttribute("role", "status");
  document.documentElement.classList.add("grid-keys");
  let left = null;

  function say(text) {
    spoken.textContent = "";
    setTimeout(() => { spoken.textContent = text; }, 150);
  }

  // A new login has a new token; the page's own forms still have the old one.
  document.addEventListener("htmx:configRequest", ({ detail }) => {
    const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    if (token && detail.formData.has("csrfmiddlewaretoken")) detail.formData.set("csrfmiddlewaretoken", token[1]);
  });

  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (!detail.shouldSwap) return;
    if (!new URL(detail.xhr.responseURL).pathname.includes("/skema/")) {
      // Another page, such as the login: what has been written stays, so that it can be sent again.
      detail.shouldSwap = false;
      failed("Du er ikke længere logget ind. Log ind i et andet vindue, og send igen her.");
    } else if (detail.target === grid()) {
      left = {
        top: document.querySelector(".grid-scroll")?.scrollTop ?? 0,
        side: document.querySelector(".grid-scroll")?.scrollLeft ?? 0,
        focus: box.open ? box.dataset.opener : document.activeElement?.id || "",
      };
    }
  });

  for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(name, () => failed("Det kunne ikke sendes. Prøv igen."));
  }

  document.addEventListener("htmx:afterSwap", ({ detail }) => {
    if (detail.target.id === "celle-indhold" || detail.elt.id === "celle-indhold") {
      if (!box.open) box.showModal();
      const errors = box.querySelector(".note--error");
      const start = errors || document.getElementById("celle-navn");
      start?.setAttribute("tabindex", "-1");
      start?.focus();
      return;
    }
    if (!left) return;
    const { top, side, focus } = left;
    left = null;
    if (box.open) box.close();
    const scrolled = document.querySelector(".grid-scroll");
    if (scrolled) scrolled.scrollTo(side, top);
    count();
    const told = [...grid().querySelectorAll(".messages .note, .note--error")].map((each) => each.textContent.trim());
    const errors = grid().querySelector(".note--error");
    if (errors) {
      errors.setAttribute("tabindex", "-1");
      errors.focus();
    } else {
      const kept = (focus && document.getElementById(focus)) || grid().querySelector("h1");
      if (!kept.matches("a, input, button")) kept.setAttribute("tabindex", "-1");
      kept.focus({ preventScroll: Boolean(focus) });
      say(told.join(" ").replace(/\s+/g, " "));
    }
  });

  document.addEventListener("click", ({ target }) => {
    const link = target.closest?.(".work-cell__link");
    if (link) box.dataset.opener = link.id;
  });

  box.addEventListener("close", () => {
    // The event comes after the box is closed; by then another cell may have opened it.
    if (box.open) return;
    document.getElementById("celle-indhold").innerHTML = waiting;
    document.getElementById(box.dataset.opener)?.focus();
  });

  // From cell to cell by the arrow keys; where a municipality takes no part there is nothing to stop at.
  const steps = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
  document.addEventListener("keydown", (event) => {
    const at = event.target.closest?.(".work-cell");
    if (!at || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const link = event.target.closest(".work-cell__link");
    if (event.key === " " && link) {
      event.preventDefault();
      at.querySelector("input").click();
    } else if (steps[event.key]) {
      event.preventDefault();
      const next = beside(at, ...steps[event.key]);
      next?.querySelector(link ? ".work-cell__link" : "input").focus();
    }
  });

  function beside(cell, down, right) {
    const rows = [...cell.closest("tbody").rows];
    let row = rows.indexOf(cell.parentElement) + down;
    let column = cell.cellIndex + right;
    while (rows[row]?.cells[column]) {
      if (rows[row].cells[column].matches(".work-cell")) return rows[row].cells[column];
      row += down;
      column += right;
    }
    return null;
  }

  function count() {
    const place = document.getElementById("antal-markerede");
    const number = document.querySelectorAll(".work-cell input:checked").length;
    if (place) place.textContent = number ? `(${number})` : "";
  }

  document.addEventListener("change", ({ target }) => {
    if (!target.matches(".work-cell input")) return;
    count();
    say(`${document.querySelectorAll(".work-cell input:checked").length} markeret`);
  });
  count();

  function failed(text) {
    const place = box.open ? document.getElementById("celle-indhold") : grid();
    let note = place.querySelector(".work-failed");
    if (!note) {
      note = document.createElement("p");
      note.className = "note note--error work-failed";
      note.setAttribute("role", "alert");
      place.prepend(note);
    }
    note.textContent = text;
    note.setAttribute("tabindex", "-1");
    note.focus();
  }
})();
