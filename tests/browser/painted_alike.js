// `axe.onePaintedOfEach()`: one element of each way of being painted, for the rules that read
// colours. Reading the contrast of an element costs axe a millisecond or two, and what is painted
// alike on alike layers has the same contrast: four hundred texts are thirty ways.
(() => {
  const CONTROLS = "input:not([type=hidden]), select, textarea, button";
  const OUT_OF_FLOW = ["absolute", "fixed", "sticky"];
  const layersKnown = new Map();

  const isPlain = (style) =>
    style.backgroundColor === "rgba(0, 0, 0, 0)" &&
    style.backgroundImage === "none" &&
    style.opacity === "1" &&
    style.filter === "none" &&
    style.mixBlendMode === "normal" &&
    !OUT_OF_FLOW.includes(style.position);

  // What lies under an element, from itself to the page. What leaves the flow may lie on anything:
  // its classes tell it apart.
  function layersOf(element) {
    if (!element) return "";
    if (layersKnown.has(element)) return layersKnown.get(element);
    const style = getComputedStyle(element);
    const own = isPlain(style)
      ? ""
      : [
          style.backgroundColor,
          style.backgroundImage,
          style.opacity,
          style.filter,
          style.mixBlendMode,
          OUT_OF_FLOW.includes(style.position) ? element.getAttribute("class") : "",
        ].join();
    const layers = own ? `${own}/${layersOf(element.parentElement)}` : layersOf(element.parentElement);
    layersKnown.set(element, layers);
    return layers;
  }

  // A link in a sentence must differ from the words around it; a link alone need not.
  function around(link) {
    const parent = link?.parentElement;
    if (!parent) return "";
    const isAlone = parent.textContent.trim() === link.textContent.trim();
    const { color, fontWeight } = getComputedStyle(parent);
    const { textDecorationLine, borderBottomStyle } = getComputedStyle(link);
    return [parent.tagName, isAlone, color, fontWeight, textDecorationLine, borderBottomStyle].join();
  }

  // Nothing is asked of what is off, nor of its label.
  function isOff(element) {
    const control = element.closest("label")?.control;
    return Boolean(control?.disabled || element.closest(":disabled, [aria-disabled=true]"));
  }

  // A sign, a lone letter or a picture in a typeface: axe does not say of these.
  const isWords = (element) => /\p{L}|\p{N}/u.test(element.textContent) && element.textContent.trim().length > 1;

  function wayOf(element) {
    const style = getComputedStyle(element);
    return [
      isWords(element),
      element.tagName,
      element.type,
      style.color,
      style.fontSize,
      style.fontWeight,
      style.textShadow,
      style.webkitTextStroke,
      isOff(element),
      around(element.closest("a")),
      layersOf(element),
    ].join("|");
  }

  function* painted() {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      if (texts.currentNode.data.trim()) yield texts.currentNode.parentElement;
    }
    yield* document.querySelectorAll(CONTROLS);
  }

  axe.onePaintedOfEach = () => {
    layersKnown.clear();
    const ways = new Map();
    for (const element of painted()) {
      if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
      const way = wayOf(element);
      if (!ways.has(way)) ways.set(way, element);
    }
    return [...ways.values()];
  };
})();
