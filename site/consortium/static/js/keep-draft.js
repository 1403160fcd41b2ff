// What is typed is kept in this browser until the server has it: an expired session, a closed tab
// or a dead battery loses nothing. Files cannot be kept. The key holds the person and the page.
// A copy goes to the server every few seconds, where another device of hers finds it.
const SERVER = "/espace/brouillons/";
const BETWEEN_SENDINGS = 5000;
const KEPT = "Brouillon gardé. Vous le retrouverez ici, même sur un autre appareil.";
const KEPT_HERE = "Brouillon gardé sur cet appareil seulement. Enregistrez dès que possible.";
const NEWER = "Brouillon gardé sur cet appareil seulement\u00a0: un autre de vos appareils a gardé un autre texte.";

const summary = document.querySelector("[data-focus]");
if (summary) summary.focus();

const stored = (area, name) => ({
  read() { try { return JSON.parse(area().getItem(name)); } catch { return null; } },
  write(value) { try { area().setItem(name, JSON.stringify(value)); } catch { /* refused storage: the page still works */ } },
  clear() { try { area().removeItem(name); } catch { /* idem */ } },
});
const draftNamed = (name) => stored(() => localStorage, name);

async function server(method, address, body) {
  const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
  const response = await fetch(`${SERVER}?adresse=${encodeURIComponent(address)}`, {
    method,
    headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    body: body && JSON.stringify(body),
    cache: "no-store",
    keepalive: method !== "GET",
    redirect: "manual", // to sign in: the session is over
  });
  if (!response.ok) throw response;
  return response.json();
}

// A form may be answered by another page than its own: what was sent is dropped once one of them
// says that it was saved, and kept while they ask again.
const sent = stored(() => sessionStorage, "brouillons-envoyes");
const asksAgain = document.querySelector("#erreurs, [role=alert], [data-kept]") !== null;
const isSaved = document.querySelector("[data-saved]") !== null;
const forgotten = Promise.allSettled((isSaved ? sent.read() ?? [] : []).map(({ name, isOnServer }) => {
  draftNamed(name).clear();
  return isOnServer && server("DELETE", name.replace(/^brouillon:[^:]*:/, ""));
}));
if (!asksAgain) sent.clear();

let asked = null;
const draftsOnServer = () => asked ??= forgotten.then(() => server("GET", location.pathname))
  .then((answer) => answer.drafts).catch((refusal) => { asked = null; throw refusal; });

for (const form of document.querySelectorAll("form[data-draft]")) {
  if (form.querySelector("[type=submit]:enabled")) keep(form); // who only observes writes nothing
}

function keep(form) {
  // Not `form.action`: a field of that name hides it.
  const target = new URL(form.getAttribute("action") || location.pathname, location.href).pathname;
  const which = form.dataset.draftName ? `~${form.dataset.draftName}` : "";
  const page = location.pathname + (which || target !== location.pathname ? `>${target}${which}` : "");
  const name = `brouillon:${form.dataset.draft}:${page}`;
  const store = draftNamed(name);
  const version = form.elements.namedItem("version");
  const controls = () => [...form.elements].filter((element) =>
    element.name && !["hidden", "file", "submit", "button", "password"].includes(element.type) && !element.disabled && !("neverKept" in element.dataset));
  const isBox = (element) => ["checkbox", "radio"].includes(element.type);
  const fields = () => Object.fromEntries(controls().map((element, index) =>
    [`${index}:${element.name}`, isBox(element) ? element.checked : element.value]));
  const written = () => ({ fields: fields(), version: version ? Number(version.value) : null });
  const differs = (draft) => Object.entries(fields()).some(([key, value]) => value !== (draft.fields[key] ?? value));

  const put = (draft) => {
    controls().forEach((element, index) => {
      const kept = draft.fields[`${index}:${element.name}`];
      if (kept === undefined) return;
      if (isBox(element)) element.checked = kept;
      else element.value = kept;
    });
    // Written over an older text: if a colleague saved meanwhile, both texts must be shown.
    if (version && draft.version !== null) version.value = draft.version;
    form.closest("details")?.setAttribute("open", "");
    if (!form.previousElementSibling?.matches(".kept-draft")) form.before(putBack());
  };

  const putBack = () => {
    const told = document.createElement("div");
    told.className = "notice kept-draft";
    told.setAttribute("role", "status");
    const words = document.createElement("p");
    words.textContent = "Nous avons remis ce que vous aviez écrit sans l’enregistrer. Relisez, puis enregistrez.";
    const drop = document.createElement("button");
    Object.assign(drop, { type: "button", className: "button button--quiet", textContent: "Revenir au texte enregistré" });
    drop.addEventListener("click", async () => {
      isOver = true;
      store.clear();
      await sending;
      await server("DELETE", page).catch(() => {});
      location.reload();
    });
    told.append(words, drop);
    return told;
  };

  const told = document.createElement("p");
  told.className = "hint";
  told.setAttribute("role", "status");
  const tell = (words) => {
    if (!told.isConnected) form.append(told);
    if (told.textContent !== words) told.textContent = words;
  };

  const local = store.read();
  let isTyped = false, isWaiting = false, isOver = false, isMet = false, timer = null, known = null, last = "", isOnServer = false;
  if (local?.fields && !asksAgain && differs(local)) put(local);

  // The newer of the two drafts comes back. `at` is the server's time once it has the text.
  const meet = async () => {
    const draft = (await draftsOnServer())[page];
    isMet = true;
    const isNewer = draft && Date.parse(draft.saved_at) > (local?.at ?? 0);
    if (isNewer && differs(draft)) {
      if (isTyped) return; // not seen: the server refuses to lose it
      if (!asksAgain) put(draft);
    } else if (local?.fields && !asksAgain && !isNewer) {
      wait();
    }
    known = draft?.saved_at ?? null;
    isOnServer ||= known !== null;
  };

  const send = async () => {
    const draft = written();
    const text = JSON.stringify(draft);
    if (isOver || text === last) return;
    try {
      if (!isMet) await meet();
      isOnServer = true; // perhaps, from here on
      known = (await server("POST", page, { ...draft, known })).saved_at;
      last = text;
      if (isOver) return;
      if (JSON.stringify(written()) === text) store.write({ ...draft, at: Date.parse(known) });
      tell(KEPT);
    } catch (refusal) {
      isOver ||= refusal.status === 409;
      tell(refusal.status === 409 ? NEWER : KEPT_HERE);
    }
  };
  const sendNow = () => {
    clearTimeout(timer);
    timer = null;
    if (isWaiting) sending = sending.then(send);
  };
  const wait = () => {
    isWaiting = true;
    timer ??= setTimeout(sendNow, BETWEEN_SENDINGS);
  };
  let sending = meet().catch(() => { /* away: asked again before the first sending */ });

  form.addEventListener("input", () => {
    isTyped = true;
    store.write({ ...written(), at: Date.now() });
    wait();
  });
  form.addEventListener("submit", () => {
    isOver = true;
    sent.write([...(sent.read() ?? []), { name, isOnServer }]);
  });
  document.addEventListener("visibilitychange", () => { if (document.hidden) sendNow(); });
  addEventListener("pagehide", sendNow);
}
