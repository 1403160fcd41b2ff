// One-key gestures at the console (R, M, N, P). They can be turned off (WCAG 2.1.4).

const KEPT_AS = "console-raccourcis";
const toggle = document.querySelector("[data-shortcuts-toggle]");

function remembered() {
  try {
    return localStorage.getItem(KEPT_AS) !== "non";
  } catch {
    return true;
  }
}

function remember(isOn) {
  try {
    localStorage.setItem(KEPT_AS, isOn ? "oui" : "non");
  } catch {
    // Private browsing: the choice lasts as long as the page.
  }
}

let isOn = remembered();
let isSent = false;
const showKeys = () => { document.documentElement.dataset.shortcuts = isOn ? "on" : "off"; };
showKeys();

if (toggle) {
  toggle.checked = isOn;
  toggle.closest("label").hidden = false;
  toggle.addEventListener("change", () => {
    isOn = toggle.checked;
    remember(isOn);
    showKeys();
  });
}

document.addEventListener("keydown", (event) => {
  if (!isOn || isSent || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.target.matches("input:not([type=checkbox], [type=radio]), textarea, select")) return;
  const button = document.querySelector(`[data-shortcut="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!button) return;
  event.preventDefault();
  button.click();
});

document.addEventListener("submit", () => {
  isSent = true;
});
window.addEventListener("pageshow", () => {
  isSent = false;
});
