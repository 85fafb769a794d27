/** The map page: loads the map's file, then replaces the list of topics by the map. */

import { say } from "../shared/say.js";
import { make } from "../shared/show.js";
import { Atlas } from "./atlas.js";
import { loadPoints } from "./source.js";

const root = document.querySelector("#ps-map");

async function start() {
  if (!root) return;
  const waiting = label("map_view.drawing");
  root.replaceChildren(make("p", {}, waiting));
  say(waiting);
  try {
    const atlas = new Atlas(await loadPoints());
    root.replaceChildren(atlas.root);
    document.querySelector(".ps-page--map")?.classList.add("ps-has-map");
    atlas.begin();
  } catch (fault) {
    const again = make("button", { type: "button", class: "ps-button" }, label("shared.again"));
    again.addEventListener("click", start);
    root.replaceChildren(make("p", { role: "alert" }, label("shared.sentence", { text: fault instanceof Error ? fault.message : fault })), again);
  }
}

void start();
