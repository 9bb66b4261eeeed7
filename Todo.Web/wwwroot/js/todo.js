// What only the browser can do: keys, focus, dialogs, scrolling, small storage, notifications.

export function facts() {
  return {
    twelveHours: new Intl.DateTimeFormat(undefined, { hour: "numeric" }).resolvedOptions().hour12 === true,
    theme: localStorage.getItem("theme") ?? "system",
    density: localStorage.getItem("density") ?? "comfortable",
    shortcuts: localStorage.getItem("shortcuts") !== "off",
    notifications: "Notification" in window ? Notification.permission : "unsupported",
  };
}

export function look(theme, density) {
  const root = document.documentElement;
  if (theme === "system") delete root.dataset.theme; else root.dataset.theme = theme;
  if (density === "compact") root.dataset.density = density; else delete root.dataset.density;
  localStorage.setItem("theme", theme);
  localStorage.setItem("density", density);
}

export const remember = (name, value) => value === null ? localStorage.removeItem(name) : localStorage.setItem(name, value);
export const recall = name => localStorage.getItem(name);
export const pageAge = () => performance.now();

/** Resolves behind the next frame. A page that is hidden, or whose frames stand still, has none: it does not wait. */
export const painted = () => new Promise(done => {
  if (document.hidden) return done();
  setTimeout(done, 100);
  requestAnimationFrame(() => {
    const after = new MessageChannel();
    after.port1.onmessage = () => done();
    after.port2.postMessage(null);
  });
});

/** Resolves when the page has nothing better to do. */
export const idle = () => new Promise(done => globalThis.requestIdleCallback ? requestIdleCallback(() => done(), { timeout: 2000 }) : setTimeout(done, 50));

/** What a person would do on a tick and in a line, for their handlers to run a first time. */
export function rehearse(stage) {
  const [tick, line] = stage.children;
  tick.click();
  for (const event of [new InputEvent("input", { bubbles: true }), new KeyboardEvent("keydown", { key: "Unidentified", bubbles: true }), new FocusEvent("blur")]) line.dispatchEvent(event);
  return keys?.press("", { target: stage });
}

// --- focus

export function focus(selector) {
  const target = document.querySelector(selector);
  if (!target) return false;
  target.focus();
  if (target.select && target.dataset.select !== undefined) target.select();
  return true;
}

/** Does something to an element as soon as it is there; gives up after a second. */
export function soon(selector, deed) {
  const until = performance.now() + 1000;
  const look = () => {
    const target = document.querySelector(selector);
    if (target) target[deed]();
    else if (performance.now() < until) requestAnimationFrame(look);
  };
  look();
}

export function focusInto(element) {
  unfold(element);
  element?.querySelector("[autofocus], input:not([type=hidden]), button, select, textarea, a[href]")?.focus();
}

// A panel that would end below the window opens upwards where there is room; where there is none either way, it scrolls on the wider side.
function unfold(panel) {
  if (!panel?.matches(".popover") || getComputedStyle(panel).position === "fixed") return;
  const [box, button] = [panel.getBoundingClientRect(), panel.parentElement.getBoundingClientRect()];
  if (box.bottom <= innerHeight - 8) return;
  const [above, below] = [button.top - 12, innerHeight - 8 - box.top];
  if (above > Math.min(box.height, below)) panel.classList.add("up");
  if (box.height > Math.max(above, below)) Object.assign(panel.style, { maxHeight: `${Math.max(above, below)}px`, overflowY: "auto" });
}

const rows = () => [...document.querySelectorAll("[data-row-focus]")].filter(r => r.checkVisibility?.({ visibilityProperty: true }) ?? r.offsetParent !== null);

/** Moves to the next or previous row of whatever lists are on the page. */
export function moveRow(step) {
  if (document.activeElement?.closest(".detail") && !document.activeElement.closest(".detail [data-task-id]") && openNext(step)) return;
  const all = rows();
  if (all.length === 0) return;
  const current = (document.activeElement?.closest("[data-task-id]") ?? document.querySelector(".row.open"))?.querySelector("[data-row-focus]");
  const at = all.indexOf(current);
  const next = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + step))];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}

/** To the card at the same height in the next column that has any; from elsewhere to the first card. */
export function moveLane(step) {
  const cards = [...document.querySelectorAll(".lanes .lane")].map(l => [...l.querySelectorAll("[data-row-focus]")]).filter(l => l.length > 0);
  const at = cards.findIndex(l => l.some(c => c.closest(".row").contains(document.activeElement)));
  const to = cards[at < 0 ? 0 : at + step];
  const row = at < 0 ? 0 : cards[at].findIndex(c => c.closest(".row").contains(document.activeElement));
  const next = to?.[Math.min(row, to.length - 1)];
  next?.focus();
  next?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

/** The next task of the list opens in the detail; false where the one that is open stands in no list. */
export function openNext(step) {
  const all = rows().filter(r => !r.closest(".detail"));
  const at = all.findIndex(r => r.closest(".row.open, .event.open"));
  const next = at < 0 ? null : all[at + step];
  next?.scrollIntoView({ block: "nearest" });
  next?.click();
  return at >= 0;
}

/** Leaving the field saves it. At either end of the list it stays, as there is nowhere to go. */
export function editNext(step) {
  const all = [...document.querySelectorAll(".row:has([data-part=edit], .row-edit)")];
  const next = all[all.findIndex(r => r.contains(document.activeElement)) + step]?.querySelector("[data-part=edit]");
  if (!next) return;
  document.activeElement.blur();
  next.click();
}

export function enterDetail(panel) {
  if (panel && !panel.contains(document.activeElement)) panel.focus({ preventScroll: true });
}

/** A row's field is gone and took the focus with it: the row gets it, unless it went elsewhere. */
export function backToRow(taskId) {
  requestAnimationFrame(() => { if (document.activeElement === document.body) focusRow(taskId); });
}

/** Once the panel is gone: back to the row, unless the focus has gone somewhere else meanwhile. */
export function leaveDetail(taskId) {
  const active = document.activeElement;
  if (active && active !== document.body && !active.closest(".detail")) return;
  if (!focusRow(taskId)) focus("h1");
}

/** Before rows go away: puts the focus on its neighbour, else on the page's heading. */
export function leaveRows(taskIds) {
  const going = new Set(taskIds);
  const goes = r => going.has(r.closest("[data-task-id]").dataset.taskId);
  const row = document.activeElement?.closest("[data-task-id]");
  if (!row || !going.has(row.dataset.taskId)) return;
  const all = rows();
  const at = all.findIndex(r => row.contains(r));
  (all.slice(at + 1).find(r => !goes(r)) ?? all.slice(0, Math.max(0, at)).findLast(r => !goes(r)) ?? document.querySelector("[data-add-here]") ?? document.querySelector("h1"))?.focus();
}

export function clickInRow(taskId, part) {
  const target = document.querySelector(`[data-task-id="${taskId}"] [data-part="${part}"]`);
  target?.click();
  return Boolean(target);
}

export const click = selector => document.querySelector(selector)?.click();

export const focusRow = taskId => focus(`[data-task-id="${taskId}"] [data-row-focus]`);

// The focus never falls off the page: when what had it goes away with it, what had it before gets it back.
const trail = [];
let catching = false;
document.addEventListener("focusin", e => { trail.push(e.target); if (trail.length > 16) trail.shift(); });
new MutationObserver(() => {
  if (catching || trail.length === 0 || document.activeElement !== document.body || trail.at(-1).isConnected) return;
  catching = true;
  setTimeout(() => {
    catching = false;
    if (document.activeElement !== document.body) return; // whoever took it away had a better place for it
    const stays = e => e.isConnected && e.checkVisibility() && !e.matches("input:not([type=checkbox]), textarea");
    (trail.findLast(stays) ?? document.querySelector("h1"))?.focus({ preventScroll: true });
  }, 80);
}).observe(document.body, { childList: true, subtree: true });

// --- dialogs

export function openDialog(dialog) {
  if (!dialog || dialog.open) return;
  dialog.openedBy = document.activeElement;
  dialog.showModal();
  dialog.addEventListener("mousedown", e => { if (e.target === dialog) dialog.dispatchEvent(new Event("cancel", { cancelable: true })); });
}

export function closeDialog(dialog) {
  if (dialog?.open) dialog.close();
  const back = dialog?.openedBy;
  if (back?.isConnected) back.focus();
}

// --- keys

let keys = null;

/** Listens for the keys named; a chord is two keys with a space between ("g i"). Never while typing or composing. */
export function listen(listener, names) {
  const known = new Set(names);
  const firsts = new Set(names.filter(n => n.includes(" ")).map(n => n.split(" ")[0]));
  let first = null;
  let timer = 0;
  const press = (name, e) => listener.invokeMethodAsync("PressAsync", name, e.target.closest?.("[data-task-id]")?.dataset.taskId ?? null);
  keys = { enabled: keys?.enabled ?? true, press };
  document.addEventListener("keydown", e => {
    if (e.isComposing || e.defaultPrevented || e.key === "Shift" || e.key === "Control" || e.key === "Alt" || e.key === "Meta") return;
    const typing = e.target.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable]");
    const inDialog = document.querySelector("dialog[open]");
    let name = e.key.length === 1 ? e.key.toLowerCase() : e.key;
    const single = !e.ctrlKey && !e.metaKey && !e.altKey;
    if (e.ctrlKey || e.metaKey) name = "Ctrl+" + name;
    if (e.altKey) name = "Alt+" + name;
    if (e.shiftKey && (e.key.length > 1 || /^[a-z]$/i.test(e.key))) name = "Shift+" + name;
    if (single && (typing || inDialog || !keys.enabled)) return;
    if (typing && (name === "Ctrl+z" || name === "Ctrl+e")) return;
    if (inDialog && name !== "Ctrl+k") return;
    if (first) {
      const chord = first + " " + name;
      first = null;
      clearTimeout(timer);
      if (known.has(chord)) { e.preventDefault(); press(chord, e); return; }
    }
    if (single && firsts.has(name)) {
      first = name;
      timer = setTimeout(() => { first = null; if (known.has(name)) press(name, e); }, 900);
      e.preventDefault();
      return;
    }
    if (!known.has(name)) return;
    if (e.key === "Escape" && (typing || document.querySelector(".popover"))) return;
    e.preventDefault();
    press(name, e);
  });
}

// While a line offers something to choose, these keys choose.
document.addEventListener("keydown", e => {
  const offer = e.target.dataset?.suggesting;
  if (offer === undefined || e.isComposing) return;
  if (e.key === "ArrowDown" || e.key === "ArrowUp" || e.key === "Escape" || (e.key === "Tab" && !e.shiftKey)) e.preventDefault();
}, true);

// In a dialog, Escape closes the panel that is open in it before the dialog itself.
document.addEventListener("keydown", e => {
  if (e.key === "Escape" && e.target.closest?.("dialog .popover-place")?.querySelector(".popover")) e.preventDefault();
}, true);

// In a detail, Escape leaves the field, which saves it, before it closes the detail; in a title it first gives words back that were read.
document.addEventListener("keydown", e => {
  if (e.key !== "Escape" || e.isComposing || !e.target.matches?.(".detail input:not([type=checkbox]), .detail textarea, .detail select")) return;
  if (e.target.closest(".popover, .quick-add, dialog") || e.target.closest(".detail-line")?.querySelector(".tag")) return;
  const field = e.target;
  setTimeout(() => { if (document.activeElement === field) field.closest(".detail")?.focus({ preventScroll: true }); });
}, true);

// Where arrows walk a grid of days, they do nothing else.
document.addEventListener("keydown", e => {
  if (e.target.closest?.("[data-arrows]") && /^(Arrow|Page|Home$|End$)/.test(e.key) && !e.ctrlKey && !e.metaKey && !e.altKey) e.preventDefault();
}, true);

// A title is one line, however it wraps: Enter saves it and does not break it.
document.addEventListener("keydown", e => {
  if (e.key === "Enter" && !e.isComposing && e.target.matches?.("textarea[data-one-line]")) {
    e.preventDefault();
    // In a row, Enter with another key goes on to a new task: the page leaves the field itself.
    if (!(e.shiftKey || e.ctrlKey || e.metaKey) || !e.target.matches(".row-edit")) e.target.blur();
  }
});

export function enableKeys(enabled) {
  localStorage.setItem("shortcuts", enabled ? "on" : "off");
  if (keys) keys.enabled = enabled;
}

// --- notifications of the browser, while a page is open

const shown = new Map();

export async function askToNotify() {
  return "Notification" in window ? await Notification.requestPermission() : "unsupported";
}

export function notify(title, tag) {
  if (!("Notification" in window) || Notification.permission !== "granted" || document.visibilityState === "visible") return;
  const n = new Notification("Reminder", { body: title, tag, icon: "icons/icon-192.png" });
  n.onclick = () => { window.focus(); n.close(); };
  shown.set(tag, n);
}

export function unnotify(tag) {
  shown.get(tag)?.close();
  shown.delete(tag);
}

// --- coming back to a page that slept, or to one whose network was away

export function watchVisible(listener) {
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") listener.invokeMethodAsync("BecameVisibleAsync"); });
  window.addEventListener("focus", () => listener.invokeMethodAsync("CameBack"));
  for (const change of ["online", "offline"]) window.addEventListener(change, () => listener.invokeMethodAsync("NetworkChanged"));
}

// --- leaving: not while something that was done here is still on its way

const ask = e => e.preventDefault();
export const askBeforeLeaving = yes => yes ? window.addEventListener("beforeunload", ask) : window.removeEventListener("beforeunload", ask);

// --- long lists: which chunks are near the window

const observers = new WeakMap();

export function watchChunks(container, list) {
  if (!container) return;
  observers.get(container)?.disconnect();
  const near = new Set();
  const observer = new IntersectionObserver(entries => {
    for (const entry of entries) {
      const chunk = Number(entry.target.dataset.chunk);
      if (entry.isIntersecting) {
        near.add(chunk);
        entry.target.style.height = "";
      } else if (near.delete(chunk)) {
        // An emptied chunk keeps the height it had, so that nothing jumps.
        entry.target.style.height = entry.boundingClientRect.height + "px";
      }
    }
    list.invokeMethodAsync("Near", [...near]);
  }, { rootMargin: "900px 0px" });
  observers.set(container, observer);
  for (const chunk of container.querySelectorAll("[data-chunk]")) observer.observe(chunk);
}

// --- where the pointer is: rows do not jump under it

let aim = { at: -Infinity, element: null };
document.addEventListener("pointermove", e => { aim = { at: performance.now(), element: e.target }; }, { passive: true, capture: true });

// Asked while a list is being drawn, so it must answer at once: such calls reach only what hangs on the window.
globalThis.todo = { isAimedAt: element => Boolean(element?.contains?.(aim.element)) && performance.now() - aim.at < 1500 };

// --- choosing several: Ctrl adds a row, Shift all between

export function allowSelect(listener) {
  let last = null;
  document.addEventListener("click", e => {
    const row = e.target.closest?.(".row[data-task-id]");
    if (!row || !e.target.closest(".row-title")) return;
    const id = row.dataset.taskId;
    if (e.ctrlKey || e.metaKey || e.shiftKey) {
      e.preventDefault();
      e.stopPropagation();
      const ids = [...document.querySelectorAll(".row[data-task-id]")].map(r => r.dataset.taskId);
      const [from, to] = [ids.indexOf(last), ids.indexOf(id)].sort((a, b) => a - b);
      listener.invokeMethodAsync("SelectAsync", e.shiftKey && from >= 0 ? ids.slice(from, to + 1) : [id], e.shiftKey);
    }
    last = id;
  }, true);
}

// --- on a phone: a swipe to the right completes, to the left opens the date

let swiped = null;
document.addEventListener("touchstart", e => {
  const row = e.touches.length === 1 && e.target.closest?.(".row[draggable=true]");
  swiped = row && !e.target.closest("input, button, .popover") ? { row, x: e.touches[0].clientX, y: e.touches[0].clientY, by: 0 } : null;
}, { passive: true });
document.addEventListener("touchmove", e => {
  if (!swiped) return;
  const [dx, dy] = [e.touches[0].clientX - swiped.x, e.touches[0].clientY - swiped.y];
  if (swiped.by === 0 && Math.abs(dy) > Math.abs(dx)) { swiped = null; return; }
  if (Math.abs(dx) < 12) return;
  swiped.by = Math.max(-120, Math.min(120, dx));
  swiped.row.style.translate = `${swiped.by}px 0`;
  swiped.row.dataset.swipe = Math.abs(dx) < 72 ? "" : dx > 0 ? "done" : "later";
}, { passive: true });
const swipeEnds = () => {
  if (!swiped) return;
  const { row, by } = swiped;
  swiped = null;
  row.style.translate = "";
  const meant = row.dataset.swipe;
  delete row.dataset.swipe;
  if (by !== 0) document.addEventListener("click", e => { e.preventDefault(); e.stopPropagation(); }, { capture: true, once: true, signal: AbortSignal.timeout(350) });
  if (meant === "done") setTimeout(() => row.querySelector("[data-part=tick]")?.click(), 360);
  if (meant === "later") setTimeout(() => row.querySelector("[data-part=due]")?.click(), 360);
};
document.addEventListener("touchend", swipeEnds, { passive: true });
document.addEventListener("touchcancel", swipeEnds, { passive: true });

// --- many lines pasted into quick add are many tasks

document.addEventListener("paste", e => {
  const line = e.target.closest?.("[data-testid=quick-add-title]");
  const lines = (e.clipboardData?.getData("text") ?? "").split(/\r?\n/).map(l => l.trim()).filter(Boolean);
  if (!line || lines.length < 2) return;
  e.preventDefault();
  for (const text of lines.slice(0, 100)) {
    line.value = text;
    line.dispatchEvent(new Event("input", { bubbles: true }));
    line.form.requestSubmit();
  }
});

// --- dragging tasks: onto a day, a project, or between the rows of an ordered list

export function allowDrag(listener) {
  let dragged = null;
  let mark = null;
  const unmark = () => { mark?.removeAttribute("data-drop-here"); mark = null; };
  const rowBelow = (list, y) => [...list.querySelectorAll("[data-task-id]")].find(row => {
    const box = row.getBoundingClientRect();
    return y < box.top + box.height / 2;
  });
  document.addEventListener("dragstart", e => {
    dragged = e.target.closest?.("[data-task-id]")?.dataset.taskId ?? null;
    if (dragged) e.dataTransfer.effectAllowed = "move";
  });
  // A list in its own order says where among its rows; a task of another list is dropped on what that list lies in.
  const placeOf = e => {
    const hit = dragged && e.target.closest?.("[data-drop]");
    const list = hit?.dataset.drop === "order" ? hit : null;
    const target = list && !list.querySelector(`[data-task-id="${dragged}"]`) ? list.parentElement.closest("[data-drop]") : hit;
    return target ? { target, list } : null;
  };
  document.addEventListener("dragover", e => {
    const place = placeOf(e);
    unmark();
    if (!place) return;
    e.preventDefault();
    mark = place.list ? rowBelow(place.list, e.clientY) ?? place.list : place.target;
    mark.setAttribute("data-drop-here", mark === place.list ? "end" : "");
  });
  document.addEventListener("drop", e => {
    const place = placeOf(e);
    if (!place) return;
    e.preventDefault();
    const before = place.list ? rowBelow(place.list, e.clientY)?.dataset.taskId ?? null : null;
    if (before !== dragged) listener.invokeMethodAsync("DropAsync", dragged, place.target.dataset.drop, before);
  });
  document.addEventListener("dragend", () => { unmark(); dragged = null; });
}

// --- installed, and in a newer version

export function keepShell() {
  navigator.serviceWorker?.register("sw.js").catch(() => { /* a browser that forbids it loses nothing but speed */ });
}

let build = null;

/** True when the server has another build than the one that runs here. */
export async function isOldBuild() {
  try {
    const answer = await fetch("_framework/dotnet.js", { method: "HEAD", cache: "no-store" });
    const found = answer.ok ? answer.headers.get("ETag") ?? answer.headers.get("Last-Modified") : null;
    if (!found) return false;
    build ??= found;
    return build !== found;
  } catch {
    return false;
  }
}

export const copy = text => navigator.clipboard?.writeText(text);

export const reload = () => location.reload();
