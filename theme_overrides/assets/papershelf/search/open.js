/** The engine over this site's own index, opened once and only when somebody searches. */

/** @type {Promise<import("./engine.js").Engine> | undefined} */
let opened;

/** Return the address of a path of this site; scripts stand three folders below its root. @param {string} path */
export function siteUrl(path) {
  return new URL(`../../../${path}`, import.meta.url);
}

/** Return the engine; after a failure the next call tries again. */
export function openEngine() {
  opened ??= import("./engine.js")
    .then(({ Engine }) =>
      Engine.open(async (file) => {
        const answer = await fetch(siteUrl(`search/index/${file}`), file === "manifest.json" ? { cache: "no-cache" } : {});
        if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`);
        return new Uint8Array(await answer.arrayBuffer());
      }),
    )
    .catch((fault) => {
      opened = undefined;
      throw fault;
    });
  return opened;
}

/** Forget the engine, so that the next call reads a manifest that may have changed since. */
export function closeEngine() {
  opened = undefined;
}

/** Return the page of a paper, a topic or the search, as this site writes its addresses. @param {string} path without ending */
export function pageUrl(path) {
  const pretty = !document.querySelector(".ps-box")?.getAttribute("action")?.endsWith(".html");
  return siteUrl(pretty ? `${path}/` : `${path}.html`);
}
