/** Encodes a list in a URL after the #, which servers never receive. */

import { pageUrl } from "../shared/site.js";
import { readIds } from "./desk.js";

/** Return a URL that contains a list, for sharing. @param {string} name @param {string[]} ids */
export function shareUrl(name, ids) {
  const url = pageUrl("desk");
  url.hash = new URLSearchParams({ list: name, papers: ids.join(" ") }).toString();
  return url.href;
}

/** Return the list in a URL, or null. @param {string} hash */
export function readShared(hash) {
  const values = new URLSearchParams(hash.slice(1));
  const ids = readIds((values.get("papers") ?? "").split(" "));
  return ids.length ? { name: (values.get("list") ?? "").trim().slice(0, 120) || label("lists.shared"), ids } : null;
}
