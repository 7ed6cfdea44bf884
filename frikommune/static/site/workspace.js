// The workspace's progressive enhancement; every form works without it.

// Leaving a page with unsaved input asks first: in forms marked data-unsaved-guard, also those that are put in later.
(() => {
  const first = new WeakMap();
  const changed = new Set();
  const guarded = (event) => event.target.closest?.("form[data-unsaved-guard]");
  const values = (form) => JSON.stringify([...new FormData(form)].filter(([, value]) => typeof value === "string"));
  const remember = (form) => {
    if (first.has(form)) return;
    // What the server sent back with errors has not been saved either.
    first.set(form, form.hasAttribute("data-unsaved") ? null : values(form));
    if (first.get(form) === null) changed.add(form);
  };
  const look = (event) => {
    const form = guarded(event);
    if (form) values(form) === first.get(form) ? changed.delete(form) : changed.add(form);
  };
  document.querySelectorAll("form[data-unsaved-guard]").forEach(remember);
  document.addEventListener("focusin", (event) => {
    const form = guarded(event);
    if (form) remember(form);
  });
  document.addEventListener("input", look);
  document.addEventListener("change", look);
  document.addEventListener("submit", () => changed.clear());
  window.addEventListener("beforeunload", (event) => {
    if ([...changed].some((form) => form.isConnected)) event.preventDefault();
  });
})();
