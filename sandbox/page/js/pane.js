/** One chat of one person, as on a telephone of their own: head, transcript, field, and what lies over them. */
import { acceptDrops } from "./attachments.js";
import { Composer } from "./composer.js";
import { customer, staff } from "./directory.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { InlineSearch } from "./inline.js";
import { hostOf, offerFiles } from "./outgoing.js";
import { Overlay } from "./overlay.js";
import { PaneHead } from "./panehead.js";
import { Presses } from "./presses.js";
import * as server from "./server.js";
import { Transcript } from "./transcript.js";
import { Welcome } from "./welcome.js";

/** @typedef {import("./types.js").Message} Message */
/** @typedef {import("./types.js").User} User */
/** @typedef {import("./types.js").Chat} Chat */
/** @typedef {import("./address.js").Place} Place */

/**
 * What a pane asks of the page.
 * @typedef {{bot: User, description: string, changed: (pane: Pane) => void, close: (pane: Pane) => void,
 *   openPrivate: (user: User) => Promise<Pane>, openChat: (chat: Chat, user: User) => Promise<Pane>}} Page
 */

export class Pane {
  /** @type {User} */ user = { id: 0, first_name: "" };
  /** @type {Chat} */ chat = { id: 0, type: "private" };
  /** @type {[string, any, number][] | null} events that came while a transcript was on its way */ #late = null;
  #refreshing = false;
  #stale = false;
  #older = false;
  /** @type {Promise<void>} */ #loading = Promise.resolve();
  /** Messages that came while the pane was out of sight. */
  unseen = 0;

  /**
   * @param {Place} place
   * @param {Page} page
   */
  constructor(place, page) {
    this.place = place;
    this.page = page;
    this.list = el("div", { class: "list", role: "log", "aria-live": "polite", "aria-relevant": "additions text" });
    this.welcome = new Welcome();
    this.scroller = el("div", { class: "scroller", tabindex: 0 }, this.list, this.welcome.element);
    this.badge = el("span", { class: "badge", hidden: true });
    this.down = el(
      "button",
      {
        type: "button",
        class: "to-bottom",
        "aria-label": "Go to the newest message",
        hidden: true,
        onclick: () => this.transcript.toBottom(),
      },
      icon("down"),
      this.badge,
    );
    this.head = new PaneHead(this);
    this.composer = new Composer(hostOf(this));
    const middle = el("div", { class: "middle" }, this.scroller, this.down);
    this.body = el("div", { class: "pane-body" }, this.head.element, middle, this.composer.element);
    this.element = el("section", { class: "pane", "aria-label": this.title }, this.body);
    this.overlay = new Overlay(this.element, this.body);
    this.transcript = new Transcript(
      this.scroller,
      this.list,
      { viewer: 0, group: false, language: "en" },
      { unread: (count, bottom) => this.#unread(count, bottom), top: () => this.#readOlder() },
    );
    this.presses = new Presses(this);
    this.inline = new InlineSearch(this);
    acceptDrops(this.element, (files) => offerFiles(this, files));
    const dock = this.composer.element;
    new ResizeObserver(() => this.element.style.setProperty("--dock", `${dock.offsetHeight}px`)).observe(dock);
  }

  get isStaff() {
    return this.place.kind === "staff";
  }

  /** What the page calls this pane in its tabs. */
  get title() {
    return this.isStaff ? "Staff" : this.place.name;
  }

  get language() {
    return this.user.language_code || "en";
  }

  /**
   * Finds out who and where this is, and reads the transcript. Loads follow each other, so that an earlier
   * answer never overwrites a later one.
   * @returns {Promise<void>}
   */
  load() {
    const read = () => this.#load();
    this.#loading = this.#loading.then(read, read);
    return this.#loading;
  }

  async #load() {
    this.#late = [];
    this.list.setAttribute("aria-busy", "true");
    try {
      await this.#identify();
      const { messages, more, last_event: last } = await server.messages(this.chat.id, this.user.id);
      this.transcript.reader = { viewer: this.user.id, group: this.chat.type !== "private", language: this.language };
      this.transcript.waiting.clear();
      this.transcript.replace(messages, more);
      this.#describe();
      const late = this.#late ?? [];
      this.#late = null;
      for (const [kind, data, id] of late) if (id > last) this.hear(kind, data, id);
    } finally {
      this.#late = null;
      this.list.removeAttribute("aria-busy");
    }
    this.page.changed(this);
  }

  async #identify() {
    if (this.place.kind === "staff") {
      const { group, member } = await staff(this.place.name);
      this.chat = group;
      this.user = member;
      this.place.name = member.first_name;
    } else {
      this.user = await customer(this.place.name, this.place.language);
      this.chat = await server.chat(this.user.id, this.user.id);
    }
  }

  /** Brings head, menu, keyboard and the Start button up to the chat. */
  #describe() {
    const priv = this.chat.type === "private";
    this.head.draw();
    this.list.setAttribute(
      "aria-label",
      priv
        ? `${this.user.first_name}'s chat with ${this.page.bot.first_name}`
        : `${this.chat.title}, seen by ${this.user.first_name}`,
    );
    this.element.setAttribute("aria-label", this.title);
    this.composer.describe({
      commands: this.chat.commands ?? [],
      menu: priv,
      group: !priv,
      bot: this.page.bot.username ?? "",
    });
    this.#offerKeyboard(this.chat.keyboard ?? null);
    this.#offerStart();
  }

  #offerStart() {
    const empty = this.chat.type === "private" && !this.transcript.messages.length;
    this.welcome.show(empty ? this.page.description : null, this.page.bot);
    this.composer.offerStart(this.chat.blocked ? "Restart" : empty ? "Start" : null);
  }

  /**
   * @param {import("./types.js").Keyboard | null} keyboard
   * @param {boolean} [anew] the bot has just sent it
   */
  #offerKeyboard(keyboard, anew = false) {
    this.composer.setKeyboard(keyboard, anew);
    if (!keyboard?.force_reply) return;
    const asking = this.transcript.messages.findLast((message) => message.reply_markup?.force_reply);
    if (asking && this.composer.replyTo?.message_id !== asking.message_id) this.composer.about("reply", asking);
  }

  /**
   * An event of the sandbox, whosever it is.
   * @param {string} kind
   * @param {any} data
   * @param {number} id
   */
  hear(kind, data, id) {
    if (this.#late) {
      this.#late.push([kind, data, id]);
      return;
    }
    if (kind === "answer") this.presses.answered(data);
    if (kind === "commands") this.refresh();
    if (kind === "user" && data.user?.id === this.user.id) this.refresh();
    if (data.chat_id !== this.chat.id) return;
    if (kind === "message" || kind === "edit") this.#put(data.message, kind === "message");
    if (kind === "delete") this.transcript.remove(data.message_ids);
    if (kind === "action") this.head.typing(data.until);
    if (kind === "chat") this.refresh();
    if (kind === "keyboard" && this.chat.type === "private") this.#offerKeyboard(data.keyboard, true);
    else if (kind === "keyboard") this.refresh();
    if (kind === "delete") this.#offerStart();
  }

  /**
   * @param {Message} message
   * @param {boolean} fresh
   */
  #put(message, fresh) {
    this.transcript.put(message);
    if (!fresh) return;
    if (message.from?.is_bot) this.head.typing(0);
    this.#offerStart();
    if (message.from?.id !== this.user.id && !this.element.checkVisibility()) {
      this.unseen += 1;
      this.page.changed(this);
    }
  }

  /** Reads the chat again: its title, members, commands, keyboard. */
  async refresh() {
    if (this.#refreshing) {
      this.#stale = true;
      return;
    }
    this.#refreshing = true;
    try {
      do {
        this.#stale = false;
        const chat = await server.chat(this.chat.id, this.user.id);
        if (chat.migrated_to) {
          await this.load();
          return;
        }
        this.chat = chat;
        this.#describe();
      } while (this.#stale);
    } catch (problem) {
      this.fail(problem);
    } finally {
      this.#refreshing = false;
    }
  }

  async #readOlder() {
    if (this.#older) return;
    this.#older = true;
    await this.attempt(async () => {
      const before = this.transcript.messages[0]?.message_id;
      const { messages, more } = await server.messages(this.chat.id, this.user.id, { before });
      this.transcript.prepend(messages, more);
    });
    this.#older = false;
  }

  /**
   * Does something that asks the sandbox, and says so in the pane if it fails.
   * @template T
   * @param {() => Promise<T>} work
   * @returns {Promise<T | undefined>}
   */
  async attempt(work) {
    try {
      return await work();
    } catch (problem) {
      this.fail(problem);
      return undefined;
    }
  }

  /** @param {unknown} problem */
  fail(problem) {
    this.overlay.toast(problem instanceof Error ? problem.message : String(problem));
  }

  /**
   * @param {number} count
   * @param {boolean} bottom
   */
  #unread(count, bottom) {
    this.down.hidden = bottom;
    this.badge.hidden = count === 0;
    this.badge.textContent = String(count);
    this.down.setAttribute(
      "aria-label",
      count ? `Go to the newest message, ${count} unread` : "Go to the newest message",
    );
  }
}
