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
