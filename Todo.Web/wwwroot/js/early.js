// Asks for what the first view needs while the runtime is still on its way; Http/EarlyAnswers picks the answers up.
(() => {
  const asked = new Map();
  const ask = async path => {
    const answer = await fetch("api/v1/" + path, { headers: { "X-Zone": new Intl.DateTimeFormat().resolvedOptions().timeZone }, cache: "no-store" });
    return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : null;
  };

  // Where nobody was signed in there is nothing to ask for.
  if (localStorage.getItem("here") !== null) {
    for (const path of ["account", "preferences", "tasks?view=open&limit=500", "projects", "labels", "filters", "views", "notifications"])
      asked.set(path, ask(path).catch(() => null));
  }

  globalThis.early = {
    /** Each answer is given once, and none that has become old; nothing means: ask yourself. */
    take: async path => {
      if (performance.now() > 30_000) asked.clear();
      const answer = asked.get(path);
      asked.delete(path);
      return await answer ?? new Uint8Array();
    },
  };
})();
