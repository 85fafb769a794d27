/** The card of the current paper, next to its point. */

import { make, showCard } from "../shared/show.js";

const GAP = 18; // more than the reach of a mouse, which then is not on the card
const PATIENCE = 350; // milliseconds in which a pointer may reach the card

export class Card {
  /** @param {import("./stage.js").Stage} stage @param {(n: number) => Promise<any>} load */
  constructor(stage, load) {
    this.stage = stage;
    this.load = load;
    this.list = make("ul", { class: "ps-results" });
    this.root = make("div", { class: "ps-map__card", hidden: "" }, this.list);
    this.pinned = false;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.leaving = undefined;
    stage.root.append(this.root);
    this.root.addEventListener("pointerenter", () => clearTimeout(this.leaving));
    this.root.addEventListener("pointerleave", () => this.leave());
    this.root.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      this.close();
      stage.board.focus();
    });
  }

  /** Show a paper; a card that is pinned stays until it is closed. @param {number} n @param {boolean} pinned */
  async open(n, pinned) {
    const { stage } = this;
    clearTimeout(this.leaving);
    this.pinned = pinned;
    if (stage.at === n && !this.root.hidden) return;
    stage.at = n;
    stage.remark();
    const card = await this.load(n);
    if (stage.at !== n) return;
    this.list.replaceChildren(showCard(card, []));
    this.root.hidden = false;
    this.place();
    return card;
  }

  /** Put the card where it hides nothing that is looked at: right or left of the point, within the map. */
  place() {
    const { points, camera } = this.stage.scene;
    if (this.stage.at < 0) return;
    const [x, y] = camera.toScreen(points.x[this.stage.at], points.y[this.stage.at]);
    const { offsetWidth, offsetHeight } = this.root;
    const right = x + GAP + offsetWidth < camera.width || x < camera.width / 2;
    const left = right ? x + GAP : x - GAP - offsetWidth;
    this.root.style.left = `${Math.max(4, Math.min(camera.width - offsetWidth - 4, left))}px`;
    this.root.style.top = `${Math.max(4, Math.min(camera.height - offsetHeight - 4, y - 24))}px`;
  }

  /** Close the card in a moment, unless it is pinned or the pointer comes to it. */
  leave() {
    if (this.pinned || this.stage.at < 0) return;
    clearTimeout(this.leaving);
    this.leaving = setTimeout(() => this.close(), PATIENCE);
  }

  close() {
    clearTimeout(this.leaving);
    this.pinned = false;
    this.root.hidden = true;
    this.stage.at = -1;
    this.stage.remark();
  }

  /** The address of the paper that is shown. */
  get link() {
    return this.root.hidden ? undefined : this.list.querySelector("a")?.href;
  }
}
