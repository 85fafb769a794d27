/** The reading paths that the reader has begun, for the desk page. */

import { make } from "../shared/show.js";
import { desk } from "./desk.js";

/** @typedef {[string, string, string[]]} Path its name, its URL and the ids of its papers */

/** Return links to the paths of which the reader has read a paper. @param {HTMLElement} root with the paths of the site */
export function listBegun(root) {
  /** @type {Path[]} */
  const paths = JSON.parse(root.dataset.paths ?? "[]");
  const begun = paths.flatMap(([name, url, ids]) => {
    const read = ids.filter((id) => desk.has(id, "read")).length;
    return read ? [{ name, url, papers: ids.length, read }] : [];
  });
  if (!begun.length) return [];
  const links = begun.map(({ name, url, papers, read }) => make("a", { class: "ps-tab", href: url }, name, " ", make("small", {}, label("paths.read", { number: read, papers }))));
  return [make("p", { class: "ps-note-line" }, label("paths.title")), ...links];
}
