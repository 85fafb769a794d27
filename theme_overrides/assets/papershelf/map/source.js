/** Loads the map's file and the search engine of the same build, and notices if the site has changed in between. */

import { closeEngine, need, openEngine } from "../search/open.js";
import { siteUrl } from "../shared/site.js";
import { readPoints } from "./points.js";

/** Return the points of this site. */
export function loadPoints() {
  return need(load());
}

async function load() {
  const answer = await fetch(siteUrl("map/points.json"), { cache: "no-cache" });
  if (!answer.ok) throw new Error(label("map_view.not_loaded", { answer: `${answer.status} ${answer.statusText}` }));
  return readPoints(await answer.json());
}

/** Return the engine whose papers have the numbers of these points. @param {import("./points.js").Points} points */
export async function openSame({ numbering }) {
  const engine = await openEngine();
  if (engine.manifest.numbering === numbering) return engine;
  closeEngine();
  throw new Error(label("map_view.changed"));
}
