// « Ma sélection »: numbers of pages kept on this device, and nowhere else. Without this script
// the buttons stay hidden and a shared link opens the same list.
const NAME = "ma-selection";
const AT_MOST = 40;

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

const said = document.querySelector("[data-selection-said]");
const page = document.querySelector("[data-selection-page]");

function address() {
  const link = document.querySelector("a[data-selection-link]");
  const path = page ? location.pathname : link.getAttribute("href").split("?")[0];
  return `${path}?p=${kept().join(",")}`;
}

function tellLinks() {
  for (const link of document.querySelectorAll("a[data-selection-link]")) {
    link.href = address();
    link.textContent = `Ma sélection (${kept().length})`;
  }
}

for (const place of document.querySelectorAll("[data-selection]")) {
  const key = Number(place.dataset.selection);
  const button = document.createElement("button");
  const status = document.createElement("span");
  button.type = "button";
  button.className = "button button--quiet";
  status.setAttribute("role", "status");
  const show = () => {
    const words = kept().includes(key) ? "Retirer de ma sélection" : "Garder dans ma sélection";
    button.textContent = words;
    button.setAttribute("aria-label", `${words}\u00a0: ${place.dataset.selectionTitle}`);
    tellLinks();
  };
  button.addEventListener("click", () => {
    const before = kept();
    const isKept = before.includes(key);
    if (!isKept && before.length >= AT_MOST) {
      status.textContent = `${AT_MOST} pages au plus\u00a0: retirez-en une d’abord.`;
      return;
    }
    const after = isKept ? before.filter((each) => each !== key) : [...before, key];
    status.textContent = keep(after)
      ? isKept ? "Retirée." : "Gardée sur cet appareil."
      : "Votre navigateur refuse de garder quoi que ce soit ici.";
    show();
  });
  place.prepend(button, status);
  place.hidden = false;
  show();
}

if (page?.dataset.asked === "non" && kept().length) {
  location.replace(address());
}
const all = document.querySelector("[data-selection-keep]");
if (all) {
  const listed = [...document.querySelectorAll("[data-selection]")];
  const keys = listed.map((each) => Number(each.dataset.selection));
  all.hidden = keys.every((each) => kept().includes(each));
  all.addEventListener("click", () => {
    const ok = keep([...new Set([...kept(), ...keys])].slice(0, AT_MOST));
    said.textContent = ok ? "Gardée sur cet appareil." : "Votre navigateur refuse de garder quoi que ce soit ici.";
    all.hidden = ok;
  });
}
