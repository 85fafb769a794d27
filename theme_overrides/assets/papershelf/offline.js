/** Visited pages and the search offline, by a service worker that the reader can turn off. */

import { siteUrl } from "./shared/site.js";

const ROOT = siteUrl("");
const KEY = `${ROOT.pathname}.offline`;

/** Return whether this site offers offline reading and the browser supports it. */
export function isOffered() {
  return "serviceWorker" in navigator && document.querySelector("header[data-offline]") !== null && isSecureContext;
}

/** Return whether the reader turned it off. */
export function isRefused() {
  try {
    return localStorage.getItem(KEY) === "off";
  } catch {
    return true; // who keeps nothing wants no worker either
  }
}

/** Turn it on or off, with immediate effect. @param {boolean} on */
export async function switchOffline(on) {
  try {
    if (on) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, "off");
  } catch {
    return;
  }
  await settle();
}

/** Remove this site's worker and its caches, but nothing of other sites on the same host. */
async function remove() {
  for (const known of await navigator.serviceWorker.getRegistrations()) {
    if (known.scope !== ROOT.href) continue;
    known.active?.postMessage("forget");
    await known.unregister();
  }
  for (const name of await caches.keys()) if (name.startsWith(`${ROOT.pathname}.`)) await caches.delete(name);
}

/** Register the worker and pass it the files that this page has already loaded, or remove it. */
async function settle() {
  if (!("serviceWorker" in navigator) || !isSecureContext) return;
  if (!isOffered() || isRefused()) return remove();
  await navigator.serviceWorker.register(new URL("worker.js", ROOT));
  const { active } = await navigator.serviceWorker.ready;
  const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
  active?.postMessage({ keep: [location.href.split("#")[0], ...loaded].filter((url) => url.startsWith(ROOT.href)) });
}

addEventListener("load", () => setTimeout(() => settle().catch(() => {}), 1000));
