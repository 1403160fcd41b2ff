// What is typed is kept in this browser until the server has it: an expired session, a closed tab
// or a dead battery loses nothing. Files cannot be kept. The key holds the person and the page.
const summary = document.querySelector("[data-focus]");
if (summary) summary.focus();

for (const form of document.querySelectorAll("form[data-draft]")) {
  const key = `brouillon:${form.dataset.draft}:${location.pathname}`;
  const store = {
    read() { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
    write(fields) { try { localStorage.setItem(key, JSON.stringify(fields)); } catch { /* refused storage: the page still works */ } },
    clear() { try { localStorage.removeItem(key); } catch { /* idem */ } },
  };
  const controls = () => [...form.elements].filter((element) =>
    element.name && !["hidden", "file", "submit", "button"].includes(element.type) && !element.disabled);
  const values = () => Object.fromEntries(controls().map((element, index) =>
    [`${index}:${element.name}`, ["checkbox", "radio"].includes(element.type) ? element.checked : element.value]));
  const put = (draft) => controls().forEach((element, index) => {
    const kept = draft[`${index}:${element.name}`];
    if (kept === undefined) return;
    if (["checkbox", "radio"].includes(element.type)) element.checked = kept;
    else element.value = kept;
  });

  if ("saved" in form.dataset) store.clear();
  const draft = store.read();
  const isFreshPage = !document.querySelector("#erreurs, [role=alert]");
  if (draft && isFreshPage && JSON.stringify(draft) !== JSON.stringify(values())) {
    put(draft);
    const told = document.createElement("div");
    told.className = "notice kept-draft";
    told.setAttribute("role", "status");
    const words = document.createElement("p");
    words.textContent = "Nous avons remis ce que vous aviez écrit sans l’enregistrer. Relisez, puis enregistrez.";
    const drop = document.createElement("button");
    Object.assign(drop, { type: "button", className: "button button--quiet", textContent: "Revenir au texte enregistré" });
    drop.addEventListener("click", () => { store.clear(); location.reload(); });
    told.append(words, drop);
    form.before(told);
  }
  form.addEventListener("input", () => store.write(values()));
}
