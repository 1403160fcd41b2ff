// Keeps the parts of a page fresh: asks the server, swaps what moved, sleeps when nobody looks.
// Without this file the page still works: reload it.

const QUIET_AFTER = 60_000;
const SLOWEST = 15_000;
const ANNOUNCE_EVERY = 10_000;
const PATIENCE = 20_000; // longer than a full hall makes anyone wait: silence is then a lost connection
const MOST_WAITING = 4; // a browser opens six connections to a site: some stay for the gestures

function isBusy(part) {
  const active = document.activeElement;
  if (part.contains(active) && active.matches("input:not([type=hidden]), textarea, select")) return true;
  return [...part.querySelectorAll("input:not([type=hidden], [type=checkbox], [type=radio]), textarea")].some(
    (input) => input.value !== input.defaultValue,
  );
}

function swap(region, html) {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  const focused = document.activeElement?.id;
  let complete = true;
  for (const part of fresh.querySelectorAll("[data-live-part]")) {
    const current = document.getElementById(part.id);
    if (!current || !region.contains(current)) continue;
    if (isBusy(current)) {
      complete = false;
      continue;
    }
    for (const details of current.querySelectorAll("details[open][id]")) {
      part.querySelector(`#${details.id}`)?.setAttribute("open", "");
    }
    current.replaceWith(document.adoptNode(part));
  }
  if (focused && document.activeElement?.id !== focused) document.getElementById(focused)?.focus();
  return complete;
}

let announcedAt = 0;
let waitingWords = "";

function announce(words) {
  const status = document.querySelector("[data-live-said]");
  if (!status || !words) return;
  const wait = announcedAt + ANNOUNCE_EVERY - Date.now();
  const isPlanned = waitingWords !== "";
  waitingWords = words;
  if (isPlanned) return;
  setTimeout(() => {
    status.textContent = waitingWords;
    waitingWords = "";
    announcedAt = Date.now();
  }, Math.max(0, wait));
}

function keepFresh(region) {
  const every = Number(region.dataset.liveEvery);
  const slow = Number(region.dataset.liveSlow || every);
  const lost = document.querySelector("[data-live-lost]");
  let etag = `"${region.dataset.liveEtag}"`;
  let movedAt = Date.now();
  let failures = 0;
  let timer = 0;
  let asked = 0; // questions sent, in order
  let shown = 0; // the one whose answer is on the screen
  let failed = 0; // the last one sent when a failure was noticed
  let waiting = 0; // questions without an answer yet

  // In a full hall each question waits its turn, and its answer tells the moment when it was its
  // turn. So the next one leaves in its time, whether or not the one before came back.
  async function ask() {
    clearTimeout(timer);
    if (document.hidden) return;
    timer = setTimeout(ask, delay());
    if (waiting >= MOST_WAITING) return;
    const number = ++asked;
    waiting += 1;
    try {
      const response = await fetch(region.dataset.live, {
        headers: { "If-None-Match": etag },
        cache: "no-store",
        signal: AbortSignal.timeout(PATIENCE),
      });
      const date = response.headers.get("Date");
      if (date) document.documentElement.dataset.clockOffset = String(new Date(date).getTime() - Date.now());
      if (response.status === 200 && !response.redirected) show(number, response.headers.get("ETag"), await response.json());
      else if (response.status !== 304) throw new Error(String(response.status));
      count(0);
    } catch {
      if (number > failed) count(failures + 1);
    }
    waiting -= 1;
  }

  function show(number, word, body) {
    if (number < shown) return;
    shown = number;
    if (word === etag) return;
    movedAt = Date.now();
    if (swap(region, body.html)) etag = word;
    announce(body.said);
    document.dispatchEvent(new CustomEvent("live:changed", { detail: body }));
  }

  function count(now) {
    if (now === failures) return;
    failures = now;
    failed = asked; // questions already on their way fail with this one
    if (lost) lost.hidden = failures < 2;
    clearTimeout(timer);
    timer = setTimeout(ask, delay());
  }

  function delay() {
    if (failures) return Math.min(SLOWEST, every * 2 ** failures);
    return Date.now() - movedAt > QUIET_AFTER ? slow : every;
  }

  document.addEventListener("visibilitychange", ask);
  window.addEventListener("online", ask);
  ask();
}

document.querySelectorAll("[data-live]").forEach(keepFresh);
