// « Ma sélection »: numbers of pages kept on this device, and nowhere else. Without this script
// the buttons stay hidden and a shared link opens the same list.
const NAME = "ma-selection";
const AT_MOST = 40;
const REFUSED =
  "Votre navigateur ne garde rien ici. Imprimez la page, ou mettez-la dans vos favoris.";

function kept() {
  try {
    const read = JSON.parse(localStorage.getItem(NAME) ?? "[]");
    return Array.isArray(read) ? read.filter(Number.isSafeInteger).slice(0, AT_MOST) : [];
  } catch {
    return [];
  }
}

function keep(keys) {
  try {
    localStorage.setItem(NAME, JSON.stringify(keys));
    return true;
  } catch {
    return false;
  }
}

const page = document.querySelector("[data-selection-page]");
const said = document.querySelector("[data-selection-said]");
document.querySelector("[data-selection-needs]")?.remove();
const places = [...document.querySelectorAll("[data-selection]")];
const keyOf = (place) => Number(place.dataset.selection);
const links = document.querySelectorAll("a[data-selection-link]");

function withKeys(link, keys) {
  link.href = `${link.getAttribute("href").split("?")[0]}?p=${keys.join(",")}`;
}

function tellLinks() {
  for (const link of links) {
    const number = kept().length;
    if (number) withKeys(link, kept());
    else link.href = link.getAttribute("href").split("?")[0];
    link.textContent = number ? `Ma sélection (${number})` : "Ma sélection";
  }
}

const listed = () => [...page.querySelectorAll("[data-selection]")].map(keyOf);

// The same pages, in whatever order.
function isMine() {
  const asked = (new URLSearchParams(location.search).get("p") ?? "").match(/\d+/g) ?? [];
  return kept().length > 0 && kept().map(String).sort().join() === asked.sort().join();
}

// The list on screen: its address, its link to share and its files follow what was moved or removed.
function follow() {
  const keys = listed();
  history.replaceState(null, "", `?p=${keys.join(",")}`);
  for (const link of page.querySelectorAll("a[data-selection-file]")) withKeys(link, keys);
  const share = document.querySelector("[data-selection-share]");
  withKeys(share, keys);
  share.textContent = share.href;
  const moves = [...page.querySelectorAll("[data-selection-move]")];
  for (const [at, { elements }] of moves.entries()) {
    elements[0].disabled = at === 0;
    elements[1].disabled = at === moves.length - 1;
  }
  return keys;
}

// One's own list is shortened on screen too; somebody else's stays as it was sent.
function shortenList(place) {
  place.closest("li").remove();
  const left = page.querySelector("[data-selection]");
  if (!left) {
    location.replace(location.pathname);
    return;
  }
  follow();
  said.textContent = `Retirée\u00a0: ${place.dataset.selectionTitle}.`;
  left.querySelector("button").focus();
}

// Without this script the same buttons ask for the list in its new order.
function move(event) {
  event.preventDefault();
  const form = event.currentTarget;
  const isUp = event.submitter === form.elements[0];
  const line = form.closest("li");
  const other = isUp ? line.previousElementSibling : line.nextElementSibling;
  if (!other) return;
  other[isUp ? "before" : "after"](line);
  const keys = follow();
  const place = line.querySelector("[data-selection]");
  const isDone = !mine || keep(keys);
  const at = `${keys.indexOf(keyOf(place)) + 1} sur ${keys.length}`;
  said.textContent = isDone ? `${place.dataset.selectionTitle}\u00a0: ${at}.` : REFUSED;
  (event.submitter.disabled ? form.elements[isUp ? 1 : 0] : event.submitter).focus();
}

function offer(place, mine) {
  const button = document.createElement("button");
  const status = document.createElement("span");
  button.type = "button";
  button.className = "button button--quiet";
  status.setAttribute("role", "status");
  const show = () => {
    const isKept = kept().includes(keyOf(place));
    const words = isKept ? "Retirer de ma sélection" : "Garder dans ma sélection";
    button.textContent = words;
    button.setAttribute("aria-label", `${words}\u00a0: ${place.dataset.selectionTitle}`);
    tellLinks();
  };
  button.addEventListener("click", () => {
    const before = kept();
    const isKept = before.includes(keyOf(place));
    if (!isKept && before.length >= AT_MOST) {
      status.textContent = `${AT_MOST} pages au plus\u00a0: retirez-en une d’abord.`;
      return;
    }
    const after = isKept ? before.filter((key) => key !== keyOf(place)) : [...before, keyOf(place)];
    const isDone = keep(after);
    status.textContent = !isDone ? REFUSED : isKept ? "Retirée." : "Gardée sur cet appareil.";
    show();
    if (isDone && isKept && mine) shortenList(place);
  });
  place.prepend(button, status);
  place.hidden = false;
  addEventListener("storage", show);
  addEventListener("pageshow", (event) => event.persisted && show());
  show();
}

const mine = Boolean(page) && isMine();
if (page?.dataset.asked === "non" && kept().length) {
  location.replace(`${location.pathname}?p=${kept().join(",")}`);
}
// What is no longer online is said once, then forgotten.
if (mine && places.length < kept().length) keep(places.map(keyOf));
for (const place of places) offer(place, mine);
for (const form of document.querySelectorAll("[data-selection-move]")) {
  form.addEventListener("submit", move);
}
tellLinks();

const all = document.querySelector("[data-selection-keep]");
if (all) {
  all.hidden = listed().every((key) => kept().includes(key));
  all.addEventListener("click", () => {
    const isDone = keep([...new Set([...kept(), ...listed()])].slice(0, AT_MOST));
    said.textContent = isDone ? "Gardée sur cet appareil." : REFUSED;
    all.hidden = isDone;
    dispatchEvent(new StorageEvent("storage"));
  });
}
