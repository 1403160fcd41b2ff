// The plain form works alone. This keeps an answer on the screen until it has truly arrived.

const memory = {};

function remembered(key) {
  try { return localStorage.getItem(key) ?? memory[key] ?? ""; } catch { return memory[key] ?? ""; }
}

function remember(key, value) {
  memory[key] = String(value);
  try { localStorage.setItem(key, value); } catch { /* storage refused: the page's memory is enough */ }
}

function storageIsRefused() {
  try {
    localStorage.setItem("essai", "1");
    localStorage.removeItem("essai");
    return false;
  } catch { return true; }
}

const LATE = "Pas encore envoyé. Votre réponse reste ici; réessayez.";
const PATIENCE = 12000;

const OVER = "Cette question vient de fermer. Ce qui est affiché ici n’est pas compté. Touchez «\u00a0Continuer\u00a0» pour la suite.";

function sendWithoutLosing(form) {
  const status = document.querySelector("[data-status]");
  const button = document.querySelector("[data-send]");
  const label = [...button.childNodes];
  const key = `envoi-${form.dataset.code}`;
  let sending = false;
  let last = null;
  let following = "";

  // Nothing typed is taken away: the button that sent now leads on.
  const endWith = (message, address) => {
    following = address;
    form.noValidate = true;
    say(message, true);
    button.replaceChildren("Continuer");
  };

  const takeAgain = () => {
    following = "";
    form.noValidate = false;
    say("", false);
    button.replaceChildren(...label);
  };

  const say = (text, late) => {
    status.classList.toggle("is-late", late);
    status.textContent = text;
  };

  // The same content keeps its number when it is sent again; anything else takes the next one.
  const numbered = (data) => {
    const content = JSON.stringify([data.get("answer"), data.get("passer"), data.get("comment")]);
    if (last?.content !== content) {
      const sequence = Math.max(Number(remembered(key)) + 1 || 1, Number(data.get("sequence")));
      last = { content, sequence, at: new Date().toISOString() };
      remember(key, sequence);
    }
    data.set("sequence", last.sequence);
    data.set("client_recorded_at", last.at);
  };

  const post = async (data) => {
    const stop = new AbortController();
    const alarm = setTimeout(() => stop.abort(), PATIENCE);
    try {
      return await fetch(form.action, {
        method: "POST",
        body: new URLSearchParams(data),
        headers: { Accept: "application/json", "X-CSRFToken": data.get("csrfmiddlewaretoken") },
        signal: stop.signal,
      });
    } finally {
      clearTimeout(alarm);
    }
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (following) {
      location.assign(following);
      return;
    }
    if (sending) return;
    sending = true;
    const data = new FormData(form);
    if (event.submitter?.name) data.set(event.submitter.name, event.submitter.value);
    numbered(data);
    say("Envoi…", false);
    try {
      const response = await post(data);
      if (response.ok) {
        location.assign(form.dataset.next);
        return;
      }
      const reply = await response.json().catch(() => ({}));
      if (reply.next) {
        endWith(`${reply.message} Touchez «\u00a0Continuer\u00a0» pour la suite.`, reply.next);
      } else {
        say(reply.message ?? LATE, true);
        const again = response.status >= 500 || response.status === 429;
        button.replaceChildren(...(again ? ["Réessayer"] : label));
      }
    } catch {
      say(LATE, true);
      button.replaceChildren("Réessayer");
    }
    sending = false;
  });

  // Back from the next page, out of the browser's memory: the form may be sent again.
  addEventListener("pageshow", (event) => { if (event.persisted) sending = false; });

  const typed = () => JSON.stringify([...new FormData(form)].filter(([name]) => name === "answer" || name === "comment"));
  const untouched = typed();
  const { state, version, room } = form.dataset;
  watch(state, version, ({ over }) => {
    if (sending) return;
    if (over && typed() === untouched) location.replace(room);
    else if (over && !following) endWith(OVER, room);
    else if (!over && following) takeAgain();
  });
}

// While the vote is over it asks on: the team may reopen what was closed by mistake.
function watch(address, version, moved) {
  let known = version;
  const ask = async () => {
    if (!document.hidden) {
      try {
        const response = await fetch(address, { headers: { "If-None-Match": `"${known}"` }, cache: "no-store" });
        if (response.status === 200) {
          const told = await response.json();
          moved(told);
          known = told.over ? "" : told.version;
        }
      } catch { /* the network will come back */ }
    }
    setTimeout(ask, 4000 + Math.random() * 2000);
  };
  setTimeout(ask, 2000 + Math.random() * 2000);
}

function followTheRoom(node) {
  const { waiting, version, next } = node.dataset;
  const ask = async () => {
    if (!document.hidden) {
      try {
        const response = await fetch(waiting, { headers: { "If-None-Match": `"${version}"` }, cache: "no-store" });
        if (response.status === 200 || response.status === 410) {
          location.replace(next);
          return;
        }
      } catch { /* the network will come back */ }
    }
    setTimeout(ask, 4000 + Math.random() * 2000);
  };
  setTimeout(ask, 2000 + Math.random() * 2000);
}

function offerLargerText(button) {
  const show = (size) => {
    document.documentElement.dataset.text = size;
    button.setAttribute("aria-pressed", String(size === "large"));
  };
  show(remembered("texte"));
  button.hidden = false;
  button.addEventListener("click", () => {
    const size = document.documentElement.dataset.text === "large" ? "" : "large";
    remember("texte", size);
    show(size);
  });
}

const form = document.querySelector("[data-answer]");
if (form) {
  sendWithoutLosing(form);
  document.querySelector("[data-unkept]").hidden = !storageIsRefused();
}
const waiting = document.querySelector("[data-waiting]");
if (waiting) followTheRoom(waiting);
const size = document.querySelector("[data-text-size]");
if (size) offerLargerText(size);
