// What a person waits for in a page of many tasks, and beside each what the browser alone would take.
(() => {
  const later = ms => new Promise(done => setTimeout(done, ms));
  const rows = () => [...document.querySelectorAll("[data-testid=task-row]:not(.done)")];
  const rowOf = id => document.querySelector(`[data-task-id="${id}"]`);

  /** Resolves when a frame that shows it has been painted. */
  const painted = shown => new Promise((done, give) => {
    const since = performance.now();
    const look = () => {
      if (shown()) {
        const after = new MessageChannel();
        after.port1.onmessage = () => done();
        after.port2.postMessage(null);
      } else if (performance.now() - since > 10_000) {
        give(new Error("The change never showed."));
      } else {
        requestAnimationFrame(look);
      }
    };
    requestAnimationFrame(look);
  });

  const edits = {
    tick: row => {
      const id = row.dataset.taskId;
      row.querySelector("[data-testid=complete]").click();
      return () => rowOf(id)?.classList.contains("done");
    },
    priority: row => {
      const id = row.dataset.taskId;
      const to = row.querySelector(".tick").classList.contains("p1") ? "2" : "1";
      row.querySelector("[data-row-focus]").focus();
      document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: to, bubbles: true }));
      return () => rowOf(id)?.querySelector(".tick").classList.contains("p" + to);
    },
    delete: row => {
      const id = row.dataset.taskId;
      row.querySelector("[data-row-focus]").focus();
      document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "Delete", bubbles: true }));
      return () => !rowOf(id);
    },
    // The limit: the same row gets a class by hand.
    bare: row => {
      row.classList.toggle("measured");
      return () => true;
    },
  };

  async function edit(name, times) {
    const took = [];
    for (let n = 0; n < times; n++) {
      const row = rows()[2 + n % 5];
      const since = performance.now();
      await painted(edits[name](row));
      took.push(performance.now() - since);
      await later(1300); // a ticked row leaves after a second, and the next edit is one of its own
    }
    return took;
  }

  /** Scrolls so many pixels a frame; none is the limit. */
  const scroll = (pixels, ms) => new Promise(done => {
    scrollTo(0, 0);
    const took = [];
    let [last, y] = [performance.now(), 0];
    const end = last + ms;
    const step = () => {
      const now = performance.now();
      took.push(now - last);
      last = now;
      if (pixels > 0) scrollTo(0, y += pixels);
      if (now < end) requestAnimationFrame(step); else done(took.slice(1));
    };
    requestAnimationFrame(step);
  });

  globalThis.measure = { edit, scroll };
})();
