/** Lists of a topic, a year or all papers: filtered and sorted in their place, by the same search. */

const line = /** @type {HTMLElement | null} */ (document.querySelector(".ps-refine"));
const link = line?.querySelector("a");
let opened = false;

/** Put the search in the place of the list. */
async function open() {
  const place = line?.closest("p") ?? line;
  if (opened || !place || !link) return;
  opened = true;
  const [{ browse }, { make }] = await Promise.all([import("./browse.js"), import("../shared/show.js")]);
  const root = make("div", { class: "ps-browse" });
  const box = /** @type {HTMLInputElement} */ (make("input", { type: "search", class: "ps-within", placeholder: label("results.within"), "aria-label": label("results.within") }));
  for (let next = place.nextElementSibling; next && !next.matches(".ps-edit"); next = place.nextElementSibling) next.remove();
  place.replaceWith(root);
  /** @type {Record<string, string[]>} */
  const scope = {};
  for (const [facet, value] of new URL(link.href).searchParams) scope[facet] = [value];
  browse(root, box, scope);
  if (location.search) root.scrollIntoView();
  else box.focus();
}

link?.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  open().catch(() => location.assign(link.href));
});
if (location.search) void open();
