// The gestures of every public page, in one request: print, copy, put an explanation away, keep a
// page, move in a film.
// Without this script the pages are read, found and sent all the same.

// What was refused takes the focus: a keyboard goes on from there, a screen reader reads it first.
document.querySelector("[data-focus]:not([data-sample] *)")?.focus();

// « Imprimer »: shown only where this script can press the browser's own command.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// « Copier »: without this script the text is selected and copied as any text. Nothing is sent.
for (const actions of document.querySelectorAll("[data-copy]")) {
  const box = document.querySelector(actions.dataset.copy);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button--quiet";
  button.textContent = "Copier le texte";
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    const isTyped = "value" in box;
    if (isTyped) box.select();
    else getSelection().selectAllChildren(box);
    try {
      await navigator.clipboard.writeText(isTyped ? box.value : box.textContent.trim());
      said.textContent = "Copié.";
    } catch {
      said.textContent = "Le texte est choisi\u00a0: copiez-le (Ctrl C).";
    }
  });
  actions.append(button, said);
}

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

// A film: chapters and sentences move it, and where one stopped is kept on this device only.
const film = document.getElementById("lecteur");
if (film) {
  const KEY = `video:${location.pathname}`;
  const SOON = 10; // seconds: too near the beginning or the end to be worth coming back to

  const kept = {
    read() {
      try {
        return Number(localStorage.getItem(KEY)) || 0;
      } catch {
        return 0; // a browser that keeps nothing
      }
    },
    write(seconds) {
      try {
        if (seconds) localStorage.setItem(KEY, String(seconds));
        else localStorage.removeItem(KEY);
      } catch {
        // nothing is kept: the film plays all the same
      }
    },
  };

  const inWords = (seconds) => {
    const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
    if (hours) return `${hours}\u00a0h\u00a0${minutes}\u00a0min`;
    return minutes ? `${minutes}\u00a0min\u00a0${String(rest).padStart(2, "0")}` : `${rest}\u00a0s`;
  };

  // Nothing of the film is taken before it is asked for: it goes there once its length is known.
  const goTo = (seconds) => {
    const go = () => (film.currentTime = seconds);
    if (film.readyState) go();
    else film.addEventListener("loadedmetadata", go, { once: true });
    film.focus();
    film.play().catch(() => {}); // the browser may want a gesture: the film waits at the right place
  };

  const chapters = [...document.querySelectorAll(".chapters [data-seconds]")];
  const markChapter = () => {
    const here = chapters.filter((link) => Number(link.dataset.seconds) <= film.currentTime).at(-1);
    for (const link of chapters) {
      if (link === here) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };

  const keep = () => {
    const seconds = Math.floor(film.currentTime);
    const isWorthIt = seconds >= SOON && seconds < film.duration - SOON;
    kept.write(isWorthIt ? seconds : 0);
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-seconds]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    goTo(Number(link.dataset.seconds));
  });

  let latest = 0;
  film.addEventListener("timeupdate", () => {
    markChapter();
    if (film.paused || Math.abs(film.currentTime - latest) < 5) return;
    latest = film.currentTime;
    keep();
  });
  film.addEventListener("pause", keep);
  film.addEventListener("ended", () => kept.write(0));

  const button = document.getElementById("reprendre");
  const seconds = kept.read();
  if (film.dataset.resume && seconds) {
    button.querySelector("span").textContent = inWords(seconds);
    button.parentElement.hidden = false;
    button.addEventListener("click", () => {
      button.parentElement.hidden = true;
      goTo(seconds);
    });
  }
  for (const words of document.querySelectorAll(".needs-script")) words.hidden = false;

  // A sound has no picture on which a browser would draw captions: they are written below it.
  const said = document.querySelector(".film-said");
  const captions = [...film.textTracks].find((track) => track.kind === "captions");
  if (said && captions) {
    captions.addEventListener("cuechange", () => {
      said.hidden = false;
      said.textContent = [...captions.activeCues].map((cue) => cue.getCueAsHTML().textContent).join("\n");
    });
  }

  // Where a browser does not open folds for paper by itself.
  addEventListener("beforeprint", () => {
    for (const fold of document.querySelectorAll("details.transcript")) fold.open = true;
  });
}
