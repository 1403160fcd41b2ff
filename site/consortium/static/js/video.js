// A film: chapters and sentences move it, and where one stopped is kept on this device only.
const film = document.getElementById("lecteur");
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

const goTo = (seconds) => {
  film.currentTime = seconds;
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
