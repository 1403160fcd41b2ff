// A box above the list of places: type a few letters, the list shows what matches.
const plain = (text) => text.normalize("NFD").replace(/\p{Diacritic}/gu, "").toLowerCase();

for (const holder of document.querySelectorAll("[data-place-filter]")) {
  const select = holder.querySelector("select");
  if (!select || select.options.length < 12) continue;
  const all = [...select.querySelectorAll("option")].filter((option) => option.value);
  const label = document.createElement("label");
  label.textContent = "Chercher dans la liste";
  label.htmlFor = `${select.id}-filtre`;
  const box = document.createElement("input");
  Object.assign(box, { type: "search", id: label.htmlFor, autocomplete: "off" });
  const status = document.createElement("p");
  status.className = "hint";
  status.setAttribute("role", "status");
  const field = document.createElement("div");
  field.className = "field place-search";
  field.append(label, box, status);
  holder.prepend(field);
  box.addEventListener("input", () => {
    const wanted = plain(box.value.trim());
    const found = all.filter((option) => {
      const matches = !wanted || plain(`${option.textContent} ${option.parentElement.label ?? ""}`).includes(wanted);
      option.hidden = option.disabled = !matches;
      return matches;
    });
    for (const group of select.querySelectorAll("optgroup")) {
      group.hidden = ![...group.children].some((option) => !option.hidden);
    }
    if (wanted && found.length === 1) select.value = found[0].value;
    status.textContent = !wanted ? "" : found.length === 1
      ? `Choisi\u00a0: ${found[0].textContent}`
      : `${found.length} communautés dans la liste`;
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter") { event.preventDefault(); select.focus(); }
  });
}
