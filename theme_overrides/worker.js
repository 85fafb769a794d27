/// <reference path="assets/papershelf/label.js" />
/**
 * The worker of a site: what was visited, and the search, are there without a network.
 *
 * With a network everything comes from it, so nothing is older than the site. Only what is named by its content (parts of
 * the index, scripts and styles) is taken from the cache first. Whenever a page is kept, the index is brought up to it.
 */

const ROOT = new URL("./", self.location.href);
const PAGES = `${ROOT.pathname}.pages`;
const INDEX = `${ROOT.pathname}.index`;
const ASSETS = `${ROOT.pathname}.assets`;
const PARTS = new URL("search/index/", ROOT).href;
const MANIFEST = `${PARTS}manifest.json`;
const NAMED = /\/search\/index\/[a-z]+-[\w-]+\.bin$|\/assets\/ps-[0-9a-f]{8}\/|\.[0-9a-f]{8}\.(min\.(css|js)|woff2)$/;
const MOST = { [PAGES]: 500, [INDEX]: 5_000, [ASSETS]: 400 };
const AWAY = `<!doctype html><html lang="${label("language.code")}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><title>${label("offline.title")}</title>
<body style="font:1.1rem/1.6 system-ui;max-width:34rem;margin:4rem auto;padding:0 1rem">
<h1>${label("offline.title")}</h1><p>${label("offline.no_copy")}
<p><a href="ROOT">${label("offline.start")}</a></body></html>`;

let refused = false; // once a reader has refused, what is still under way must not be kept

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

/** Return the address under which something is kept: without its query. @param {string} address */
function nameOf(address) {
  const url = new URL(address);
  return url.origin + url.pathname;
}

/** @param {string} name */
const cacheOf = (name) => (name.startsWith(PARTS) ? INDEX : NAMED.test(name) ? ASSETS : PAGES);

/** Return what is kept under a name; looking must not make a cache that was taken away. @param {string} name */
const find = (name) => caches.match(name, { cacheName: cacheOf(name) });

/** Keep an answer; beyond a number the oldest give way. @param {string} address @param {Response} answer */
async function keep(address, answer) {
  if (refused) return;
  const name = nameOf(address);
  const cache = await caches.open(cacheOf(name));
  await cache.delete(name);
  await cache.put(name, answer);
  const names = await cache.keys();
  const most = MOST[cacheOf(name)];
  for (const old of names.slice(0, Math.max(0, names.length - most))) if (old.url !== MANIFEST) await cache.delete(old);
}

/** Return whether an answer is one of this site that may be kept. @param {string} address @param {Response} answer */
function mayKeep(address, answer) {
  return answer.ok && answer.type === "basic" && !answer.redirected && !address.startsWith(new URL("data/", ROOT).href);
}

/** Fetch and keep some files that are not kept yet. @param {string[]} addresses */
async function fill(addresses) {
  for (const address of addresses) {
    const name = nameOf(address);
    if (await find(name)) continue;
    const answer = await fetch(name);
    if (mayKeep(name, answer)) await keep(name, answer);
  }
}

/** Bring the index up to the site: drop the parts of an older one, and keep all parts of a small one. */
async function settleIndex() {
  const answer = await fetch(`${PARTS}files.json`, { cache: "no-cache" });
  if (!answer.ok) return;
  /** @type {{files: string[]}} none where the index is large */
  const { files } = await answer.json();
  const wanted = new Set(files.map((file) => PARTS + file));
  const cache = await caches.open(INDEX);
  for (const { url } of await cache.keys()) if (url !== MANIFEST && files.length && !wanted.has(url)) await cache.delete(url);
  await fill([...wanted]);
}

/** Take a manifest, and settle the index where it is another one. @param {Response} fresh */
async function takeManifest(fresh) {
  const kept = await find(MANIFEST);
  const same = kept && (await fresh.clone().text()) === (await kept.text());
  await keep(MANIFEST, fresh);
  if (!same) await settleIndex();
}

/** Read the manifest again, if the search was ever used. */
async function renewIndex() {
  if (!(await find(MANIFEST))) return;
  const fresh = await fetch(MANIFEST, { cache: "no-cache" });
  if (fresh.ok) await takeManifest(fresh);
}

/** Return what the network gives, or what is kept where there is none. @param {FetchEvent} event */
async function answer(event) {
  const { request } = event;
  const name = nameOf(request.url);
  const kept = NAMED.test(name) ? await find(name) : undefined;
  if (kept) return kept;
  try {
    const fresh = await fetch(request);
    if (mayKeep(name, fresh)) {
      const copy = fresh.clone();
      const work = name === MANIFEST ? takeManifest(copy) : keep(name, copy).then(() => (request.mode === "navigate" ? renewIndex() : undefined));
      event.waitUntil(work.catch(() => {}));
    }
    return fresh;
  } catch (fault) {
    const old = await find(name);
    if (old) return old;
    if (request.mode !== "navigate") throw fault;
    return new Response(AWAY.replaceAll("ROOT", ROOT.href), { status: 503, headers: { "content-type": "text/html" } });
  }
}

worker.addEventListener("install", () => worker.skipWaiting());
worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));
worker.addEventListener("message", (event) => {
  refused = event.data === "forget";
  if (refused) event.waitUntil(Promise.all([PAGES, INDEX, ASSETS].map((name) => caches.delete(name))));
  if (Array.isArray(event.data?.keep)) event.waitUntil(fill(event.data.keep.filter((/** @type {string} */ url) => url.startsWith(ROOT.href))).catch(() => {}));
});
worker.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method === "GET" && request.url.startsWith(ROOT.href) && !request.headers.has("range")) event.respondWith(answer(event));
});
