// Keeps what cannot change (files with their hash in the name) and, for when there is no network, the last page shell.
// Nothing of the API is ever kept here.
const KEPT = "todobus-1";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", e => e.waitUntil((async () => {
  for (const name of await caches.keys()) if (name !== KEPT) await caches.delete(name);
  await self.clients.claim();
})()));

const isHashed = path => /^\/_framework\/.+\.[a-z0-9]{10}\.(wasm|js|dat)$/.test(path);
const isShell = path => path === "/" || /^\/(css|js|icons|_framework)\//.test(path) || path === "/manifest.webmanifest";

self.addEventListener("fetch", e => {
  const url = new URL(e.request.url);
  if (e.request.method !== "GET" || url.origin !== location.origin) return;
  if (isHashed(url.pathname)) e.respondWith(keptFirst(e.request));
  else if (e.request.mode === "navigate" && !/^\/(api|hubs|scalar|openapi|health|metrics)\b/.test(url.pathname)) e.respondWith(networkFirst(e.request, "/"));
  else if (isShell(url.pathname)) e.respondWith(networkFirst(e.request, url.pathname));
});

async function keptFirst(request) {
  const cache = await caches.open(KEPT);
  const kept = await cache.match(request.url);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) {
    await cache.put(request.url, answer.clone());
    forgetOlder(cache, request.url);
  }
  return answer;
}

async function networkFirst(request, key) {
  const cache = await caches.open(KEPT);
  try {
    const answer = await fetch(request);
    if (answer.ok && answer.type === "basic") await cache.put(key, answer.clone());
    return answer;
  } catch (e) {
    const kept = await cache.match(key);
    if (kept) return kept;
    throw e;
  }
}

// A new build's file takes the place of the one of the same name.
async function forgetOlder(cache, url) {
  const stem = u => new URL(u).pathname.replace(/\.[a-z0-9]{10}\.(\w+)$/, ".$1");
  for (const request of await cache.keys()) {
    if (request.url !== url && isHashed(new URL(request.url).pathname) && stem(request.url) === stem(url)) await cache.delete(request);
  }
}
