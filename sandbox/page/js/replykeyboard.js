/** The bot's reply keyboard, in place of a telephone's own keys. */
import { el } from "./dom.js";

/** @typedef {import("./types.js").Keyboard} Keyboard */
/** @typedef {Exclude<import("./types.js").ReplyButton, string>} ReplyButton */

export class ReplyKeyboard {
  /** @type {Keyboard | null} */ #keyboard = null;
  #open = false;

  /**
   * @param {(button: ReplyButton) => void} pressed
   * @param {() => void} changed the keyboard opened or closed
   */
  constructor(pressed, changed) {
    this.pressed = pressed;
    this.changed = changed;
    this.element = el("div", {
      class: "reply-keyboard",
      role: "group",
      "aria-label": "Keyboard of the bot",
      hidden: true,
    });
  }

  /** Whether there is a keyboard that can be opened. */
  get available() {
    return Boolean(this.#keyboard?.keyboard?.length);
  }

  get open() {
    return this.#open && this.available;
  }

  /** What the field should say while it is empty. */
  get placeholder() {
    return this.#keyboard?.input_field_placeholder;
  }

  /**
   * @param {Keyboard | null} keyboard a new one opens
   * @param {boolean} [anew] the bot has just sent it: it opens, even if it is the one that was closed
   */
  set(keyboard, anew = false) {
    if (!anew && JSON.stringify(keyboard) === JSON.stringify(this.#keyboard)) return;
    this.#keyboard = keyboard;
    const rows = (keyboard?.keyboard ?? []).map((row) =>
      el(
        "div",
        { class: "reply-row" },
        row.map((button) => this.#key(button)),
      ),
    );
    this.element.replaceChildren(...rows);
    this.toggle(this.available);
  }

  /** @param {boolean} [open] */
  toggle(open = !this.#open) {
    this.#open = open;
    this.element.hidden = !this.open;
    this.changed();
  }

  /** @param {import("./types.js").ReplyButton} given */
  #key(given) {
    const button = typeof given === "string" ? { text: given } : given;
    const press = () => {
      this.pressed(button);
      if (this.#keyboard?.one_time_keyboard) this.toggle(false);
    };
    return el("button", { type: "button", class: "reply-key", dir: "auto", onclick: press }, button.text);
  }
}
