// Escape puts an explanation away, without moving the pointer or the focus. All else is CSS.

const terms = document.querySelectorAll(".term");
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") terms.forEach((term) => term.classList.add("is-away"));
});
for (const term of terms) {
  for (const leaving of ["pointerleave", "focusout"]) {
    term.addEventListener(leaving, () => term.classList.remove("is-away"));
  }
}
