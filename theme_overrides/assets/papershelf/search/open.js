/** The engine over this site's own index, opened once and only when somebody searches. */

import { siteUrl } from "../shared/site.js";

/** @type {Promise<import("./engine.js").Engine> | undefined} */
let opened;

/** Return the engine; after a failure the next call tries again. */
export function openEngine() {
  opened ??= need(open()).catch((fault) => {
    opened = undefined;
    throw fault;
  });
  return opened;
}

/** Return the engine over the index of this site. */
async function open() {
  const { Engine } = await import("./engine.js");
  return Engine.open(async (file) => {
    const answer = await fetch(siteUrl(`search/index/${file}`), file === "manifest.json" ? { cache: "no-cache" } : {});
    if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`);
    return new Uint8Array(await answer.arrayBuffer());
  });
}

/**
 * Return what a page needs, and where that fails, have `renew.js` see whether the site has a newer version of this page.
 * @template T @param {Promise<T>} part @returns {Promise<T>}
 */
export function need(part) {
  return part.catch((fault) => {
    dispatchEvent(new Event("papershelf:missing"));
    throw fault;
  });
}

/**
 * Return what some work with the engine gives. A part of the index that is gone means that the site was built anew: the
 * manifest is read again, and the work is done once more.
 * @template T @param {(engine: import("./engine.js").Engine) => Promise<T>} work @returns {Promise<T>}
 */
export async function withEngine(work) {
  const engine = await openEngine();
  try {
    return await work(engine);
  } catch (fault) {
    if (!(fault instanceof Error && "file" in fault)) throw fault;
    closeEngine();
    return work(await openEngine());
  }
}

/** Forget the engine, so that the next call reads a manifest that may have changed since. */
export function closeEngine() {
  opened = undefined;
}
