// What needs a script is shown only when scripts run; a key that does not answer is said in words.

for (const element of document.querySelectorAll("[data-needs-script]")) {
  element.hidden = false;
}
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  for (const sentence of document.querySelectorAll("[data-key-error]")) {
    sentence.hidden = false;
  }
});
