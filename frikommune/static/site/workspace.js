// The workspace's progressive enhancement; every form works without it.

// Leaving a page with unsaved input asks first: in forms marked data-unsaved-guard.
(() => {
  const changed = new Set();
  const values = (form) => JSON.stringify([...new FormData(form)].filter(([, value]) => typeof value === "string"));
  for (const form of document.querySelectorAll("form[data-unsaved-guard]")) {
    // What the server sent back with errors has not been saved either.
    const first = form.hasAttribute("data-unsaved") ? null : values(form);
    const look = () => (values(form) === first ? changed.delete(form) : changed.add(form));
    form.addEventListener("input", look);
    form.addEventListener("change", look);
    form.addEventListener("submit", () => changed.clear());
    if (first === null) changed.add(form);
  }
  window.addEventListener("beforeunload", (event) => {
    if (changed.size) event.preventDefault();
  });
})();
