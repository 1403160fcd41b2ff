// Writes what is left on each [data-timer], on the server's clock (live.js keeps the offset).

const TIME_IS_UP = "C’est le temps";

function left(element) {
  const offset = Number(document.documentElement.dataset.clockOffset || 0);
  const seconds = Math.ceil((new Date(element.dataset.timer).getTime() - Date.now() - offset) / 1000);
  if (seconds <= 0) return TIME_IS_UP;
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, "0")} s`;
}

function tick() {
  for (const element of document.querySelectorAll("[data-timer]")) {
    const words = left(element);
    if (element.textContent !== words) element.textContent = words;
  }
}

document.addEventListener("live:changed", tick);
setInterval(tick, 500);
tick();
