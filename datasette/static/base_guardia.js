// Opens the Base's page without network: asks the network first, and gives the kept page when it does not answer in time.
// What is kept is the empty form and its parts; no entry of anybody, nothing from any other page.
const KEPT = "hallazgos-base";
const LIMIT = 6000; // milliseconds
const OURS = /\/-\/base\/\d+$|\/estatico\/base(_anotar|_cola)?\.(css|js)$/;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  if (method === "GET" && OURS.test(new URL(url).pathname)) event.respondWith(fresh(event.request));
});

async function fresh(request) {
  const kept = await caches.open(KEPT);
  const before = await kept.match(request, { ignoreSearch: true });
  try {
    const answer = await fetch(request, before ? { signal: AbortSignal.timeout(LIMIT) } : {});
    if (answer.ok && !answer.redirected) await kept.put(request, answer.clone());
    return answer.status >= 500 && before ? before : answer;
  } catch (error) {
    if (before) return before;
    throw error;
  }
}
