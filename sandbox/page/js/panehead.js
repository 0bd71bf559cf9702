/** The head of a chat: whom one talks with, who one is, and the menu of the chat. */
import { STAFF } from "./address.js";
import { peopleIn } from "./directory.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { LANGUAGES, languageName } from "./languages.js";
import { avatar, fullName } from "./people.js";
import * as server from "./server.js";

/** @typedef {import("./pane.js").Pane} Pane */

export class PaneHead {
  /** @type {number | undefined} */ #typingEnds;
  #typing = false;

  /** @param {Pane} pane */
  constructor(pane) {
    this.pane = pane;
    this.picture = el("span", { class: "head-picture" });
    this.name = el("h2", { class: "head-name" });
    this.line = el("p", { class: "head-line", "aria-live": "polite" });
    this.who = el("button", {
      type: "button",
      class: "who",
      "aria-haspopup": "dialog",
      onclick: () => this.#chooseWho(),
    });
    const menu = el(
      "button",
      {
        type: "button",
        class: "round",
        "aria-label": "More",
        title: "More",
        "aria-haspopup": "dialog",
        onclick: () => this.#menu(),
      },
      icon("more"),
    );
    this.element = el(
      "header",
      { class: "head" },
      this.picture,
      el("div", { class: "head-text" }, this.name, this.line),
      this.who,
      menu,
    );
  }

  draw() {
    const { pane } = this;
    const { chat, user, page } = pane;
    const title = chat.type === "private" ? page.bot.first_name : (chat.title ?? "");
    this.picture.replaceChildren(avatar(chat.type === "private" ? page.bot.id : chat.id, title));
    this.name.textContent = title;
    this.who.replaceChildren(
      avatar(user.id, fullName(user), "small"),
      el("span", {}, user.first_name),
      chat.type === "private" ? el("span", { class: "tongue" }, pane.language.toUpperCase()) : "",
      icon("down", "tiny"),
    );
    this.who.setAttribute(
      "aria-label",
      chat.type === "private"
        ? `You are ${user.first_name}, language ${languageName(pane.language)}. Change the language`
        : `You are ${user.first_name}. Be someone else`,
    );
    this.#drawLine();
  }

  /**
   * The bot is typing until then; 0 ends it.
   * @param {number} until seconds since 1970
   */
  typing(until) {
    clearTimeout(this.#typingEnds);
    const rest = until * 1000 - Date.now();
    // The sandbox's clock may be elsewhere than ours: Telegram shows an action for five seconds.
    const shown = until ? Math.min(Math.max(rest, 1000), 5000) : 0;
    this.#typing = shown > 0;
    if (this.#typing) this.#typingEnds = setTimeout(() => this.typing(0), shown);
    this.#drawLine();
  }

  #drawLine() {
    const { chat } = this.pane;
    const members = (chat.members ?? []).filter(({ status }) => status !== "left" && status !== "kicked").length;
    const still = chat.blocked ? "blocked" : chat.type === "private" ? "bot" : `${members} members`;
    this.line.classList.toggle("typing", this.#typing);
    this.line.textContent = this.#typing
      ? chat.type === "private"
        ? "typing"
        : `${this.pane.page.bot.first_name} is typing`
      : still;
  }

  #chooseWho() {
    if (this.pane.isStaff) this.#chooseMember();
    else this.#chooseLanguage();
  }

  #chooseMember() {
    const people = peopleIn(this.pane.chat);
    this.pane.overlay.choose(
      "Who are you in this group?",
      people.map((user) => ({ label: fullName(user), run: () => this.#become(user.first_name) })),
    );
  }

  /** @param {string} name */
  #become(name) {
    this.pane.place.name = name || STAFF[0];
    void this.pane.attempt(() => this.pane.load());
  }

  #chooseLanguage() {
    const { pane } = this;
    pane.overlay.choose(
      `${pane.user.first_name}'s language`,
      LANGUAGES.map((code) => ({ label: languageName(code), run: () => this.#speak(code) })),
    );
  }

  /** @param {string} code */
  #speak(code) {
    const { pane } = this;
    if (pane.place.kind !== "customer") return;
    pane.place.language = code;
    void pane.attempt(() => pane.load());
  }

  #menu() {
    const { pane } = this;
    const blocked = Boolean(pane.chat.blocked);
    const choices = [
      { label: pane.isStaff ? "Be someone else" : "Change the language", run: () => this.#chooseWho() },
      pane.isStaff
        ? { label: `Open ${pane.user.first_name}'s private chat`, run: () => void pane.page.openPrivate(pane.user) }
        : {
            label: blocked ? "Unblock the bot" : "Block the bot",
            danger: !blocked,
            run: () => void pane.attempt(() => server.setBlocked(pane.user.id, !blocked)),
          },
      { label: "Close this pane", run: () => pane.page.close(pane) },
    ];
    pane.overlay.choose("Chat", choices);
  }
}
