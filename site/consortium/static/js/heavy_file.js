// A file that would be refused for its weight is told at once, before it travels.
const sentence = (size, limit) => {
  const megabytes = (bytes) => Math.ceil(bytes / 1024 ** 2).toLocaleString("fr-CA");
  return `Ce fichier est trop lourd (${megabytes(size)}\u00a0Mo): ${megabytes(limit)}\u00a0Mo au plus. Il n’a pas été envoyé.`;
};

document.addEventListener("change", (event) => {
  const input = event.target;
  if (!(input instanceof HTMLInputElement) || !input.dataset.heaviest) return;
  input.parentElement.querySelector("[data-too-heavy]")?.remove();
  const limit = Number(input.dataset.heaviest);
  const size = input.files[0]?.size ?? 0;
  if (size <= limit) return;
  const words = document.createElement("p");
  words.className = "error-message";
  words.dataset.tooHeavy = "";
  words.setAttribute("role", "alert");
  words.textContent = sentence(size, limit);
  input.value = "";
  input.after(words);
});
