/**
 * Loaded when something of a page is missing. A browser may have kept a page of an older version, whose scripts and styles
 * the site has no more: such a page is loaded again. Pages of every version call this (see generator/mkdocs_plugin/theme.py).
 */

const PAUSE = 10_000; // milliseconds after which the same question may be asked again
/** @type {Map<string, number>} */
const asked = new Map();

/**
 * Load this page again if the site has a newer one, which does not name what is missing here; without a network it stays.
 * A page that was just loaded again is left alone: its host may not know yet which version it has.
 * @param {{target: any, type?: string}} event an element or a module that could not be loaded
 * @param {string} version of the page
 */
export async function renew({ target, type }, version) {
  const isElement = target !== window;
  if (!isElement && type === "error") return; // a script that fails is not missing
  const [name] = isElement ? (/assets\/[\w./-]+$/.exec(target.src || target.href) ?? []) : [version];
  const now = performance.now();
  const { type: way } = /** @type {PerformanceNavigationTiming} */ (performance.getEntriesByType("navigation")[0]);
  if (!name || (way === "reload" && now < PAUSE) || now - (asked.get(name) ?? -PAUSE) < PAUSE) return;
  asked.set(name, now);
  const answer = await fetch("", { cache: "reload" });
  if (answer.ok && !(await answer.text()).includes(name)) location.reload();
}
