// Looks at a page as an eye would and names what is wrong: sideways scrolling, words cut off, words over words, targets too small.
() => {
  const faults = [];
  const width = document.documentElement.clientWidth;
  const visible = e => e.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true });
  const hidden = e => !!e.closest(".sr-only, .skip, [hidden], datalist, option, #blazor-error-ui") || !visible(e);
  const name = e => {
    const label = (e.dataset?.testid ? `[${e.dataset.testid}]` : "") + (e.className && typeof e.className === "string" ? "." + e.className.trim().split(/\s+/).join(".") : "");
    return `${e.tagName.toLowerCase()}${label} “${(e.getAttribute("aria-label") ?? e.textContent ?? "").trim().slice(0, 40)}”`;
  };
  const modal = document.querySelector("dialog[open]");
  const root = modal ?? document.body;

  // What may be scrolled sideways is meant to be.
  const scrolls = e => /auto|scroll/.test(getComputedStyle(e).overflowX);
  const ancestors = function* (e) { for (let a = e.parentElement; a; a = a.parentElement) yield a; };
  const inScroller = e => [...ancestors(e)].some(a => a !== document.documentElement && a !== document.body && scrolls(a) && a.scrollWidth > a.clientWidth + 1);
  if (document.documentElement.scrollWidth > width + 1) faults.push(`the page scrolls sideways: ${document.documentElement.scrollWidth} of ${width}`);

  // A layer lies over the others on purpose; inside one, nothing may lie over anything.
  // The tools of a row lie over it where they show on demand; where they always show, as under a finger, they hide nothing.
  const onTop = "dialog, .popover, .toast" + (matchMedia("(hover: hover)").matches ? ", .row-tools" : "");
  const layers = new Map();
  const layerOf = e => {
    for (let a = e; a; a = a.parentElement) {
      if (layers.has(a)) return layers.get(a);
      if (a.matches(onTop) || /fixed|sticky/.test(getComputedStyle(a).position)) { layers.set(a, a); return a; }
    }
    return document.body;
  };

  const seen = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode());) {
    const e = node.parentElement;
    if (!node.data.trim() || hidden(e) || e.closest("script, style, textarea, select, [aria-hidden=true]:not(.month-name):not(.calendar-name)")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      if (box.width < 1 || box.height < 1) continue;
      let shown = { left: box.left, right: box.right, top: box.top, bottom: box.bottom };
      let cut = false;
      for (let a = e; a && a !== document.documentElement; a = a.parentElement) {
        const style = getComputedStyle(a);
        if (style.overflowX === "visible" && style.overflowY === "visible") continue;
        const clip = a.getBoundingClientRect();
        const says = style.textOverflow === "ellipsis" || style.webkitLineClamp !== "none" || /auto|scroll/.test(style.overflow);
        if (!says && (shown.right > clip.right + 1.5 || shown.left < clip.left - 1.5 || shown.bottom > clip.bottom + 2 || shown.top < clip.top - 2)) cut = true;
        shown = { left: Math.max(shown.left, clip.left), right: Math.min(shown.right, clip.right), top: Math.max(shown.top, clip.top), bottom: Math.min(shown.bottom, clip.bottom) };
      }
      if (cut) faults.push(`cut off: ${name(e)}`);
      if (shown.right - shown.left < 1 || shown.bottom - shown.top < 1) continue;
      if ((shown.right > width + 1 || shown.left < -1) && !inScroller(e)) faults.push(`leaves the window: ${name(e)}`);
      const box2 = e.closest("button, .chip, .tag, .button, .badge, kbd")?.getBoundingClientRect();
      if (box2 && (shown.right > box2.right + 1.5 || shown.left < box2.left - 1.5 || shown.bottom > box2.bottom + 3)) faults.push(`words outgrow their box: ${name(e)}`);
      seen.push({ e, box: shown, control: e.closest("button, a, label, kbd"), layer: layerOf(e) });
    }
  }

  for (const e of root.querySelectorAll("button, a[href], input, select, textarea, summary")) {
    if (hidden(e)) continue;
    const box = e.getBoundingClientRect();
    if (box.width === 0) continue;
    if ((box.right > width + 1 || box.left < -1) && !inScroller(e)) faults.push(`leaves the window: ${name(e)}`);
    if (!e.matches("a:not(.button):not(.icon-button), input[type=checkbox]")) seen.push({ e, box, control: e, layer: layerOf(e), isControl: true });

    if (getComputedStyle(e).pointerEvents === "none") continue;

    // WCAG 2.5.8: 24 by 24, what a pseudo-element adds included; a link in a sentence is excused.
    const inSentence = e.matches("a") && getComputedStyle(e).display === "inline";
    const before = getComputedStyle(e, "::before");
    const grown = before.content !== "none" && before.position === "absolute" ? Math.max(0, -parseFloat(before.top) || 0) * 2 : 0;
    const labelled = e.matches("input[type=checkbox]") && e.closest("label")?.getBoundingClientRect();
    const [w, h] = labelled ? [labelled.width, labelled.height] : [box.width + grown, box.height + grown];
    if (!inSentence && (w < 23.5 || h < 23.5)) faults.push(`target of ${Math.round(w)} × ${Math.round(h)}: ${name(e)}`);
  }

  for (let i = 0; i < seen.length; i++) {
    for (let j = i + 1; j < seen.length; j++) {
      const [a, b] = [seen[i], seen[j]];
      if (a.layer !== b.layer || a.e === b.e || (a.control && a.control === b.control) || a.e.contains(b.e) || b.e.contains(a.e)) continue;
      if ((a.isControl && a.e.contains(b.e)) || (b.isControl && b.e.contains(a.e))) continue;
      const x = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
      const y = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
      if (x > 2 && y > 4) faults.push(`one over the other by ${Math.round(x)} × ${Math.round(y)}: ${name(a.e)} and ${name(b.e)}`);
    }
  }

  return [...new Set(faults)];
}
