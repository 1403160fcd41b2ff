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

function isMine() {
  const asked = (new URLSearchParams(location.search).get("p") ?? "").match(/\d+/g) ?? [];
  return kept().length > 0 && kept().join() === asked.join();
}

// The list on screen was one's own: it follows what is kept, its address and its files too.
function shortenList(place) {
  const left = places.filter((each) => each !== place && each.isConnected);
  if (!left.length) {
    location.replace(location.pathname);
    return;
  }
  place.closest("li").remove();
  const keys = left.map(keyOf);
  history.replaceState(null, "", `?p=${keys.join(",")}`);
  for (const link of page.querySelectorAll("a[data-selection-file]")) withKeys(link, keys);
  const share = document.querySelector("[data-selection-share]");
  withKeys(share, keys);
  share.textContent = share.href;
  said.textContent = `Retirée\u00a0: ${place.dataset.selectionTitle}.`;
  left[0].querySelector("button").focus();
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
tellLinks();

const all = document.querySelector("[data-selection-keep]");
if (all) {
  const keys = places.map(keyOf);
  all.hidden = keys.every((key) => kept().includes(key));
  all.addEventListener("click", () => {
    const isDone = keep([...new Set([...kept(), ...keys])].slice(0, AT_MOST));
    said.textContent = isDone ? "Gardée sur cet appareil." : REFUSED;
    all.hidden = isDone;
    dispatchEvent(new StorageEvent("storage"));
  });
}
