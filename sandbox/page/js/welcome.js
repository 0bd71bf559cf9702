/** What an empty private chat shows: what the bot can do, as its owner described it. */
import { el } from "./dom.js";
import { avatar } from "./people.js";

export class Welcome {
  constructor() {
    this.element = el("div", { class: "welcome", hidden: true });
  }

  /**
   * @param {string | null} description null hides it
   * @param {import("./types.js").User} bot
   */
  show(description, bot) {
    this.element.hidden = description === null;
    if (description === null) return;
    const words = description || "Press Start to begin.";
    this.element.replaceChildren(
      avatar(bot.id, bot.first_name, "large"),
      el("h3", {}, description ? "What can this bot do?" : bot.first_name),
      el("p", { dir: "auto" }, words),
    );
  }
}
