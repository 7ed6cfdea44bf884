// An explained word shows its meaning on hover and focus by style alone. Escape puts the meaning away until next time.
"use strict";

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const term of document.querySelectorAll(".term:hover, .term:focus-within")) {
    term.classList.add("term--dismissed");
    const back = () => term.classList.remove("term--dismissed");
    term.addEventListener("pointerleave", back, { once: true });
    term.addEventListener("focusout", back, { once: true });
  }
});
