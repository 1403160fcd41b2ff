// Beside each text that has a limit: how many words it holds. The server counts them again.
const WORD = /[\p{L}\p{N}_’'-]+/gu;

const textsOf = (holder) => [
  ...holder.querySelectorAll("textarea:not([hidden])"),
  ...holder.querySelectorAll("[contenteditable='true']"),
].filter((box) => {
  const row = box.closest("[data-inline-panel-child]");
  if (!row) return true;
  return row.offsetParent !== null && box.name?.endsWith(holder.dataset.wordsField);
});

const count = (holder) => textsOf(holder).reduce(
  (sum, box) => sum + ((box.value ?? box.innerText).match(WORD)?.length ?? 0), 0,
);

for (const holder of document.querySelectorAll("[data-words-at-most]")) {
  const limit = Number(holder.dataset.wordsAtMost);
  const said = document.createElement("p");
  said.className = "help word-count";
  holder.append(said);
  let wait = 0;
  const tell = () => {
    const words = count(holder);
    const over = words - limit;
    const text = over > 0
      ? `${words} mots: ${over} de trop pour publier (${limit} au plus).`
      : `${words} ${words > 1 ? "mots" : "mot"} sur ${limit}.`;
    if (said.textContent !== text) said.textContent = text;
  };
  const later = () => { clearTimeout(wait); wait = setTimeout(tell, 300); };
  holder.addEventListener("input", later);
  new MutationObserver((changes) => {
    if (changes.some((change) => !said.contains(change.target) && change.target !== said)) later();
  }).observe(holder, { childList: true, subtree: true, characterData: true });
  tell();
  addEventListener("load", later);
}
