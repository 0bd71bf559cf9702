/**
 * What lies over a chat: alerts, sheets, menus and toasts. Each belongs to its pane, as every pane is somebody
 * else's telephone: an alert for Ann does not stop Tom.
 */
import { el } from "./dom.js";

/** How long a toast stays, in ms: long enough to read it, by its length. */
const TOAST_SHORTEST = 3000;
const TOAST_PER_CHARACTER = 55;

export class Overlay {
  /** @type {HTMLElement | null} */ #open = null;
  /** @type {(() => void) | null} */ #close = null;

  /**
   * @param {HTMLElement} pane
   * @param {HTMLElement} below what cannot be reached while something modal is open
   */
  constructor(pane, below) {
    this.below = below;
    this.toasts = el("div", { class: "toasts", role: "status", "aria-live": "polite" });
    this.layer = el("div", { class: "layer", hidden: true });
    pane.append(this.layer, this.toasts);
    this.layer.addEventListener("click", (event) => event.target === this.layer && this.close());
    this.layer.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.close();
    });
  }

  /** Whether something modal is open. */
  get busy() {
    return this.#open !== null;
  }

  /** @param {string} text */
  toast(text) {
    const shown = el("div", { class: "toast", dir: "auto" }, text);
    this.toasts.replaceChildren(shown);
    setTimeout(() => shown.remove(), TOAST_SHORTEST + text.length * TOAST_PER_CHARACTER);
  }

  /**
   * A modal with the bot's words and OK.
   * @param {string} title
   * @param {string} text
   */
  alert(title, text) {
    const ok = el("button", { type: "button", class: "plain", onclick: () => this.close() }, "OK");
    const box = el(
      "div",
      { class: "dialog", role: "alertdialog", "aria-modal": "true", "aria-label": title },
      el("h2", {}, title),
      el("p", { dir: "auto" }, text),
      el("div", { class: "dialog-actions" }, ok),
    );
    this.show(box, ok);
  }

  /**
   * A list to choose from.
   * @param {string} title
   * @param {{label: string, danger?: boolean, run: () => void}[]} choices
   */
  choose(title, choices) {
    const buttons = choices.map(({ label, danger, run }) =>
      el(
        "button",
        {
          type: "button",
          class: danger ? "choice danger" : "choice",
          onclick: () => {
            this.close();
            run();
          },
        },
        label,
      ),
    );
    const box = el(
      "div",
      { class: "dialog choices", role: "dialog", "aria-modal": "true", "aria-label": title },
      el("h2", {}, title),
      buttons,
    );
    box.addEventListener("keydown", (event) => walk(event, buttons));
    this.show(box, buttons[0]);
  }

  /**
   * Opens something modal in place of what is open.
   * @param {HTMLElement} box
   * @param {HTMLElement} [focus]
   * @param {() => void} [closed]
   */
  show(box, focus, closed) {
    this.close();
    const before = document.activeElement;
    this.#open = box;
    this.#close = () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
      closed?.();
    };
    this.below.inert = true;
    this.layer.hidden = false;
    this.layer.replaceChildren(box);
    focus?.focus({ preventScroll: true });
  }

  close() {
    if (!this.#open) return;
    const after = this.#close;
    this.#open = null;
    this.#close = null;
    this.below.inert = false;
    this.layer.hidden = true;
    this.layer.replaceChildren();
    after?.();
  }
}

/**
 * Arrow keys, Home and End move the focus along a list of buttons.
 * @param {KeyboardEvent} event
 * @param {HTMLElement[]} items
 */
export function walk(event, items) {
  const index = items.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  /** @type {Record<string, number>} */
  const steps = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: items.length - 1 };
  if (!(event.key in steps)) return;
  event.preventDefault();
  items[(steps[event.key] + items.length) % items.length]?.focus();
}
