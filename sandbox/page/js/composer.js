/** The field at the foot of a chat: text, commands, stickers, attachments, reply and edit. */
import { filesIn, pickFiles } from "./attachments.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { summary } from "./message.js";
import { fullName } from "./people.js";
import { ReplyKeyboard } from "./replykeyboard.js";
import { STICKERS } from "./stickers.js";
import { Suggestions } from "./suggestions.js";

/** @typedef {import("./types.js").Message} Message */
/** @typedef {import("./types.js").Command} Command */

/**
 * What the chat does with what is entered.
 * @typedef {{
 *   text: (text: string, about: {replyTo?: Message, edit?: Message}) => void,
 *   sticker: (emoji: string) => void,
 *   files: (files: File[], kind: "photo" | "document") => void,
 *   key: (button: Exclude<import("./types.js").ReplyButton, string>) => void,
 *   inline: (query: string | null) => void,
 *   start: () => void,
 *   step: (step: number) => void,
 *   lastOwn: () => Message | undefined,
 * }} Host
 */

/** Longest pause in typing, in ms, before an inline query is asked. */
const INLINE_PAUSE = 300;

export class Composer {
  /** @type {Command[]} */ #commands = [];
  /** @type {{kind: "reply" | "edit", message: Message} | null} */ #about = null;
  #botName = "";
  #group = false;
  /** @type {number | undefined} */ #pause;

  /** @param {Host} host */
  constructor(host) {
    this.host = host;
    this.suggestions = new Suggestions("Suggestions");
    this.keyboard = new ReplyKeyboard(host.key, () => this.#refresh());
    this.field = /** @type {HTMLTextAreaElement} */ (
      el("textarea", {
        class: "field",
        rows: 1,
        "aria-label": "Message",
        placeholder: "Message",
        dir: "auto",
        maxlength: 20000,
        "aria-controls": this.suggestions.id,
        "aria-autocomplete": "list",
        enterkeyhint: "send",
        disabled: true,
      })
    );
    this.menu = button("menu", "Commands of the bot", () => this.#toggleMenu());
    this.keys = button("keyboard", "Show the bot's keyboard", () => this.keyboard.toggle());
    this.stickers = el(
      "div",
      { class: "sticker-row", role: "group", "aria-label": "Stickers", hidden: true },
      STICKERS.map((sticker) => this.#sticker(sticker)),
    );
    const smile = button("smile", "Stickers", () => (this.stickers.hidden = !this.stickers.hidden));
    const attach = button("attach", "Attach a photo or file", () => pickFiles((files) => host.files(files, "photo")));
    this.sendButton = el("button", { type: "submit", class: "round send", "aria-label": "Send" }, icon("send"));
    this.bar = el("div", { class: "about", hidden: true });
    this.form = el("form", { class: "composer" }, this.menu, attach, this.field, this.keys, smile, this.sendButton);
    this.startButton = el(
      "button",
      { type: "button", class: "start", hidden: true, onclick: () => host.start() },
      "Start",
    );
    this.element = el(
      "div",
      { class: "dock" },
      this.suggestions.element,
      this.bar,
      this.stickers,
      this.form,
      this.startButton,
      this.keyboard.element,
    );
    this.#listen();
    this.#refresh();
  }

  #listen() {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send();
    });
    this.field.addEventListener("input", () => this.#typed());
    this.field.addEventListener("keydown", (event) => this.#pressed(event));
    this.field.addEventListener("paste", (event) => {
      const files = filesIn(event.clipboardData);
      if (!files.length) return;
      event.preventDefault();
      this.host.files(files, "photo");
    });
  }

  /**
   * Says where the composer is; before that nothing can be written.
   * @param {{commands: Command[], menu: boolean, group: boolean, bot: string}} chat
   */
  describe({ commands, menu, group, bot }) {
    this.field.disabled = false;
    this.#commands = commands;
    this.#group = group;
    this.#botName = bot;
    this.menu.hidden = !menu || !commands.length;
  }

  /**
   * Puts a Start button in the field's place, or takes it away.
   * @param {string | null} label
   */
  offerStart(label) {
    this.startButton.hidden = label === null;
    this.form.hidden = label !== null;
    this.startButton.textContent = label;
  }

  /**
   * @param {import("./types.js").Keyboard | null} keyboard
   * @param {boolean} anew the bot has just sent it
   */
  setKeyboard(keyboard, anew) {
    this.keyboard.set(keyboard, anew);
    this.#refresh();
  }

  /** @param {string} text */
  write(text) {
    this.field.value = text;
    this.field.focus();
    this.#typed();
  }

  /**
   * Says above the field what the next message answers or replaces.
   * @param {"reply" | "edit"} kind
   * @param {Message} message
   */
  about(kind, message) {
    this.#about = { kind, message };
    const who = kind === "edit" ? "Edit message" : `Reply to ${message.from ? fullName(message.from) : ""}`;
    const cancel = button("close", kind === "edit" ? "Cancel the edit" : "Cancel the reply", () => this.forget());
    this.bar.replaceChildren(
      icon("reply"),
      el("div", { class: "about-text" }, el("b", {}, who), el("span", {}, summary(message))),
      cancel,
    );
    this.bar.hidden = false;
    if (kind === "edit") this.write(message.text ?? message.caption ?? "");
    this.field.focus();
  }

  /** The message that the next one answers. */
  get replyTo() {
    return this.#about?.kind === "reply" ? this.#about.message : undefined;
  }

  forget() {
    if (this.#about?.kind === "edit") this.field.value = "";
    this.#about = null;
    this.bar.hidden = true;
    this.#typed();
  }

  #send() {
    const text = this.field.value.trim();
    if (!text) return;
    const about = this.#about;
    this.field.value = "";
    this.#about = null;
    this.bar.hidden = true;
    this.#typed();
    this.host.text(text, about?.kind === "edit" ? { edit: about.message } : { replyTo: about?.message });
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    if (event.isComposing) return;
    const list = this.suggestions;
    if (list.open && ["ArrowDown", "ArrowUp"].includes(event.key)) {
      event.preventDefault();
      list.move(event.key === "ArrowDown" ? 1 : -1);
      this.#refresh();
    } else if (list.open && event.key === "Tab" && list.active?.complete) {
      event.preventDefault();
      this.write(list.active.complete);
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      if (list.active) list.active.pick();
      else this.#send();
    } else if (event.key === "Escape") {
      if (list.open) list.hide();
      else if (!this.stickers.hidden) this.stickers.hidden = true;
      else if (this.#about) this.forget();
      this.#refresh();
    } else if (["ArrowDown", "ArrowUp"].includes(event.key) && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.host.step(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "ArrowUp" && !this.field.value) {
      const own = this.host.lastOwn();
      if (!own) return;
      event.preventDefault();
      this.about("edit", own);
    }
  }

  #typed() {
    const text = this.field.value;
    clearTimeout(this.#pause);
    const query = this.#inlineQuery(text);
    if (query !== null) {
      this.#pause = setTimeout(() => this.host.inline(query), INLINE_PAUSE);
    } else {
      this.host.inline(null);
      const word = /^\/(\w*)$/.exec(text);
      this.suggestions.show(word ? this.#matching(word[1]) : []);
    }
    this.#refresh();
  }

  /**
   * The query in "@bot query", or null.
   * @param {string} text
   */
  #inlineQuery(text) {
    const name = `@${this.#botName.toLowerCase()} `;
    return this.#botName && text.toLowerCase().startsWith(name) ? text.slice(name.length) : null;
  }

  /** @param {string} prefix */
  #matching(prefix) {
    return this.#commands
      .filter(({ command }) => command.startsWith(prefix.toLowerCase()))
      .map(({ command, description }) => ({
        title: `/${command}`,
        detail: description,
        complete: `/${command}`,
        pick: () => this.#command(command),
      }));
  }

  /** @param {string} command */
  #command(command) {
    this.field.value = this.#group ? `/${command}@${this.#botName}` : `/${command}`;
    this.suggestions.hide();
    this.#send();
  }

  #toggleMenu() {
    if (this.suggestions.open) this.suggestions.hide();
    else this.suggestions.show(this.#matching(""));
    this.field.focus();
    this.#refresh();
  }

  /** @param {string} emoji */
  #sticker(emoji) {
    const send = () => {
      this.stickers.hidden = true;
      this.host.sticker(emoji);
      this.field.focus();
    };
    return el(
      "button",
      { type: "button", class: "sticker-key", "aria-label": `Send sticker ${emoji}`, onclick: send },
      emoji,
    );
  }

  #refresh() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, 160)}px`;
    this.sendButton.classList.toggle("ready", Boolean(this.field.value.trim()));
    this.field.placeholder = this.keyboard.placeholder ?? "Message";
    this.keys.hidden = !this.keyboard.available;
    this.keys.setAttribute("aria-pressed", String(this.keyboard.open));
    if (this.suggestions.activeId) this.field.setAttribute("aria-activedescendant", this.suggestions.activeId);
    else this.field.removeAttribute("aria-activedescendant");
  }
}

/**
 * @param {import("./icons.js").IconName} name
 * @param {string} label
 * @param {() => void} press
 */
function button(name, label, press) {
  return el(
    "button",
    { type: "button", class: "round", "aria-label": label, title: label, onclick: press },
    icon(name),
  );
}
