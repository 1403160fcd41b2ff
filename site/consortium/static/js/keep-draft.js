// What is typed is kept in this browser until the server has it: an expired session, a closed tab
// or a dead battery loses nothing. Files cannot be kept. The key holds the person and the page.
const summary = document.querySelector("[data-focus]");
if (summary) summary.focus();

const stored = (area, name) => ({
  read() { try { return JSON.parse(area().getItem(name)); } catch { return null; } },
  write(value) { try { area().setItem(name, JSON.stringify(value)); } catch { /* refused storage: the page still works */ } },
  clear() { try { area().removeItem(name); } catch { /* idem */ } },
});
const draftNamed = (name) => stored(() => localStorage, name);

// A form may be answered by another page than its own: what was sent is dropped once one of them
// says that it was saved, and kept while they ask again.
const sent = stored(() => sessionStorage, "brouillons-envoyes");
const asksAgain = document.querySelector("#erreurs, [role=alert], [data-kept]") !== null;
if (document.querySelector("[data-saved]")) (sent.read() ?? []).forEach((name) => draftNamed(name).clear());
if (!asksAgain) sent.clear();

for (const form of document.querySelectorAll("form[data-draft]")) {
  const target = new URL(form.action).pathname;
  const page = location.pathname + (target === location.pathname ? "" : `>${target}`);
  const name = `brouillon:${form.dataset.draft}:${page}`;
  const store = draftNamed(name);
  const version = form.elements.namedItem("version");
  const controls = () => [...form.elements].filter((element) =>
    element.name && !["hidden", "file", "submit", "button"].includes(element.type) && !element.disabled);
  const values = () => Object.fromEntries(controls().map((element, index) =>
    [`${index}:${element.name}`, ["checkbox", "radio"].includes(element.type) ? element.checked : element.value]));
  const put = (draft) => {
    controls().forEach((element, index) => {
      const kept = draft[`${index}:${element.name}`];
      if (kept === undefined) return;
      if (["checkbox", "radio"].includes(element.type)) element.checked = kept;
      else element.value = kept;
    });
    // Written over an older text: if a colleague saved meanwhile, both texts must be shown.
    if (version && draft.version !== undefined) version.value = draft.version;
  };
  const differs = ({ version: _version, ...draft }) => JSON.stringify(draft) !== JSON.stringify(values());

  if ("saved" in form.dataset) store.clear();
  const draft = store.read();
  if (draft && !asksAgain && differs(draft)) {
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
    form.closest("details")?.setAttribute("open", "");
  }
  form.addEventListener("input", () => store.write({ ...values(), ...(version && { version: version.value }) }));
  form.addEventListener("submit", () => sent.write([...(sent.read() ?? []), name]));
}
