/** The papers chosen for a comparison, at the bottom of the page. */

import { say } from "../shared/say.js";
import { make } from "../shared/show.js";
import { pageUrl } from "../shared/site.js";
import { CHANGED, MOST_COMPARED, desk } from "./desk.js";

const tray = make("aside", { class: "ps-tray", "aria-label": label("tray.title") });
document.body.append(tray);

/** Return the URL of a comparison. @param {string[]} ids */
function compareUrl(ids) {
  const url = pageUrl("desk/compare");
  url.searchParams.set("papers", ids.join(","));
  return url.href;
}

function show() {
  const { compare } = desk.state;
  tray.hidden = !compare.length || Boolean(document.querySelector(".ps-page--compare"));
  document.documentElement.classList.toggle("ps-has-tray", !tray.hidden);
  if (tray.hidden) return;
  const clear = make("button", { type: "button", class: "ps-button" }, label("tray.clear"));
  clear.addEventListener("click", () => {
    desk.change((state) => (state.compare = []));
    say(label("tray.none"));
    const last = document.querySelector(`[data-paper="${compare.at(-1)}"] [data-do]`) ?? document.querySelector("main h1");
    if (last?.matches("h1")) last.setAttribute("tabindex", "-1");
    /** @type {HTMLElement | null} */ (last)?.focus({ preventScroll: true }); // the button itself is gone
  });
  const papers = label("count.papers", { count: compare.length });
  const what = compare.length > 1 ? make("a", { class: "ps-button ps-button--main", href: compareUrl(compare) }, label("tray.compare", { papers })) : make("span", {}, label("tray.one"));
  tray.replaceChildren(what, clear);
}

/** Add a paper to the comparison, or remove it; a sixth paper is rejected. @param {import("./desk.js").Paper} paper */
export function toggleCompared({ id, title }) {
  const has = desk.state.compare.includes(id);
  if (!has && desk.state.compare.length >= MOST_COMPARED) return refuse();
  desk.change((state) => {
    state.compare = has ? state.compare.filter((other) => other !== id) : [...state.compare, id];
    if (!has) state.papers[id] = { ...state.papers[id], title: state.papers[id]?.title || title };
  });
  say(has ? label("tray.removed", { title }) : label("tray.added", { title }));
}

/** Announce that no more papers can be added. */
function refuse() {
  const text = label("tray.most", { number: MOST_COMPARED });
  say(text);
  if (!tray.querySelector("span")) tray.prepend(make("span", {}, text));
}

document.addEventListener(CHANGED, show);
show();
