// The paper grid at the keyboard. Without this file the same form is sent whole.
const form = document.getElementById("grille");
const totals = document.getElementById("totaux");
const levels = Number(form.dataset.levels);
const dirty = new Set();
let hasJustEnded = false;

const rows = () => [...form.querySelectorAll("tr[data-row]")];
const answers = (row) => [...row.querySelectorAll("input.answer")];
const inputs = (row) => [row.querySelector(".sheet-number"), ...answers(row)];

function isAnswer(cell, key) {
  if (cell.matches(".exit-answer")) return /^[omn]$/i.test(key);
  return /^[np]$/i.test(key) || (/^[1-9]$/.test(key) && Number(key) <= levels);
}

function focusCell(cell) {
  if (!cell) return;
  cell.focus();
  if (cell.matches("input")) cell.select();
}

function nextRow(row) {
  const all = rows();
  return all[all.indexOf(row) + 1];
}

function goToNextRow(row) {
  const next = nextRow(row);
  focusCell(next ? answers(next)[0] : form.querySelector(".button--invite"));
}

function move(cell, row, across, down) {
  const all = rows();
  const cells = inputs(row);
  const column = cells.indexOf(cell);
  if (down) {
    const target = all[all.indexOf(row) + down];
    focusCell(target && inputs(target)[column]);
  } else {
    focusCell(cells[column + across]);
  }
}

function typed(cell, row, key) {
  cell.value = key.toUpperCase();
  markDirty(row);
  const cells = answers(row);
  const next = cells[cells.indexOf(cell) + 1];
  if (next) focusCell(next);
  else {
    finish(row);
    hasJustEnded = true;
  }
}

function finish(row) {
  goToNextRow(row);
  save(row);
}

function markDirty(row) {
  dirty.add(row.dataset.row);
  row.classList.remove("sheet-row--saved");
}

function isBlank(row) {
  return !answers(row).some((cell) => cell.value.trim());
}

function content(row) {
  return JSON.stringify([...row.querySelectorAll("input:not([type=hidden], [type=checkbox]), select")].map((field) => field.value));
}

async function save(row) {
  const replaces = row.querySelector(".replace input").checked;
  if (isBlank(row) && !replaces) return;
  const data = new FormData();
  for (const name of ["csrfmiddlewaretoken", "tour"]) data.set(name, form.elements[name].value);
  data.set("moyen", form.querySelector("[name=moyen]:checked").value);
  data.set("enregistrer", row.dataset.row);
  for (const field of row.querySelectorAll("input, select")) {
    if (field.type !== "checkbox" || field.checked) data.append(field.name, field.value);
  }
  say(row, "Enregistrement…");
  const sent = content(row);
  try {
    show(row, await send(data), sent);
  } catch {
    say(row, NO_ANSWER);
  }
}

const CHANGED_SINCE = "Vous avez changé cette ligne depuis\u00a0: enregistrez-la de nouveau.";
const NO_ANSWER = "Pas de réponse\u00a0: rien n’est perdu à l’écran. Appuyez sur «\u00a0Enregistrer\u00a0» pour réessayer.";

// Whoever signed in again in another tab has a new key: take it from a fresh page, try once more.
async function send(data, isSecondTry = false) {
  const response = await fetch(form.action, {
    method: "POST",
    body: data,
    headers: { Accept: "application/json" },
  });
  const answer = await response.json();
  document.getElementById("acces-termine").hidden = response.status !== 401;
  if (response.status !== 403 || isSecondTry) return answer;
  const page = new DOMParser().parseFromString(await (await fetch(form.action)).text(), "text/html");
  const fresh = page.querySelector("#grille [name=csrfmiddlewaretoken]");
  if (!fresh) return answer;
  form.elements.csrfmiddlewaretoken.value = fresh.value;
  data.set("csrfmiddlewaretoken", fresh.value);
  return send(data, true);
}

function say(row, text) {
  row.querySelector(".row-message").textContent = text;
}

function show(row, answer, sent) {
  if (answer.refusal || answer.message) {
    say(row, answer.refusal || answer.message);
    return;
  }
  totals.textContent = answer.totals;
  const listed = new DOMParser().parseFromString(answer.entered, "text/html");
  document.getElementById("liste-saisies").replaceChildren(...listed.body.children);
  document.getElementById("vers-saisies").hidden = !document.querySelector("#liste-saisies table");
  for (const told of answer.rows) showRow(row, told);
  if (content(row) === sent) return;
  markDirty(row);
  say(row, CHANGED_SINCE);
}

function showRow(row, told) {
  row.className = `sheet-row sheet-row--${told.state}`;
  say(row, told.message);
  showError(row.querySelector(".sheet-number"), told.number_error);
  const sector = row.querySelector("select");
  if (sector) showError(sector, told.sector_error);
  for (const cell of answers(row)) {
    const about = told.cells[cell.name] || {};
    showError(cell, about.error || (about.stored ? `gardé\u00a0: ${about.stored}` : ""), !about.error);
  }
  const replace = row.querySelector(".replace");
  replace.hidden = !told.asks_to_replace;
  row.querySelector("[name$='-vu']").value = told.seen;
  if (told.state === "conflict") replace.querySelector("input").checked = false;
  if (told.state === "saved") {
    dirty.delete(row.dataset.row);
    replace.hidden = true;
    replace.querySelector("input").checked = false;
  }
}

function showError(field, text, isValid = false) {
  const place = document.getElementById(`e-${field.name}`);
  place.textContent = text || "";
  if (text && !isValid) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
  if (text) field.setAttribute("aria-describedby", place.id);
  else field.removeAttribute("aria-describedby");
}

const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

form.addEventListener("keydown", (event) => {
  const cell = event.target;
  const row = cell.closest("tr[data-row]");
  if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
  if (!cell.matches("input.answer, input.sheet-number")) return;
  // The last answer has already gone on: Enter, pressed by habit, would skip a sheet.
  const isByHabit = hasJustEnded;
  hasJustEnded = false;
  if (event.key === "Enter") {
    event.preventDefault();
    if (isByHabit && isBlank(row)) return;
    if (cell.matches(".sheet-number")) focusCell(answers(row)[0]);
    else finish(row);
  } else if (event.key in arrows) {
    event.preventDefault();
    move(cell, row, ...arrows[event.key]);
  } else if (cell.matches(".answer") && isAnswer(cell, event.key)) {
    event.preventDefault();
    typed(cell, row, event.key);
  } else if (cell.matches(".answer") && event.key === "Backspace" && !cell.value) {
    event.preventDefault();
    move(cell, row, -1, 0);
  }
});

form.addEventListener("input", (event) => {
  const row = event.target.closest("tr[data-row]");
  if (row) markDirty(row);
});

form.addEventListener("click", (event) => {
  const button = event.target.closest(".row-save");
  if (!button) return;
  event.preventDefault();
  save(button.closest("tr[data-row]"));
});

form.addEventListener("submit", () => dirty.clear());

window.addEventListener("beforeunload", (event) => {
  if (dirty.size) event.preventDefault();
});

for (const hint of document.querySelectorAll("[data-with-script]")) hint.hidden = false;
const first = rows()[0];
if (first && !document.querySelector("[role=alert]:not([hidden])")) focusCell(answers(first)[0]);
