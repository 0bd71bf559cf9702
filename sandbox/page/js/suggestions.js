/** The list above the field: the bot's commands while one types "/", or the results of an inline query. */
import { el } from "./dom.js";

/** @typedef {{title: string, detail?: string, picture?: string, pick: () => void, complete?: string}} Suggestion */

let lists = 0;

export class Suggestions {
  /** @type {Suggestion[]} */ #items = [];
  #active = 0;
  /** @type {(() => Promise<void>) | undefined} */ #more;

  /** @param {string} label */
  constructor(label) {
    this.id = `suggestions-${++lists}`;
    this.element = el("div", { class: "suggestions", id: this.id, role: "listbox", "aria-label": label, hidden: true });
    this.element.addEventListener("mousedown", (event) => event.preventDefault());
    this.element.addEventListener("scroll", () => this.#reachesEnd());
  }

  get open() {
    return !this.element.hidden;
  }

  /** @returns {Suggestion | undefined} */
  get active() {
    return this.open ? this.#items[this.#active] : undefined;
  }

  /** The id of the option that the arrow keys stand on. */
  get activeId() {
    return this.open ? `${this.id}-${this.#active}` : "";
  }

  /**
   * @param {Suggestion[]} items nothing hides the list
   * @param {() => Promise<void>} [more] appends what follows; called when the end comes into sight
   */
  show(items, more) {
    this.#items = items;
    this.#active = 0;
    this.#more = more;
    this.element.hidden = !items.length;
    this.element.replaceChildren(...items.map((item, index) => this.#option(item, index)));
    this.element.scrollTop = 0;
    this.#mark();
    this.#reachesEnd();
  }

  /**
   * @param {Suggestion[]} items
   * @param {() => Promise<void>} [more]
   */
  append(items, more) {
    const from = this.#items.length;
    this.#items.push(...items);
    this.#more = more;
    this.element.append(...items.map((item, index) => this.#option(item, from + index)));
    this.#mark();
    this.#reachesEnd();
  }

  #reachesEnd() {
    const { scrollTop, scrollHeight, clientHeight } = this.element;
    const more = this.#more;
    if (!more || scrollHeight - scrollTop - clientHeight > clientHeight) return;
    this.#more = undefined;
    void more();
  }

  hide() {
    this.show([]);
  }

  /** @param {number} step */
  move(step) {
    this.#moveTo((this.#active + step + this.#items.length) % this.#items.length);
  }

  /** @param {number} index */
  #moveTo(index) {
    if (index === this.#active) return;
    this.#active = index;
    this.#mark();
  }

  /**
   * @param {Suggestion} item
   * @param {number} index
   */
  #option(item, index) {
    return el(
      "div",
      {
        class: "suggestion",
        role: "option",
        id: `${this.id}-${index}`,
        onmousemove: () => this.#moveTo(index),
        onclick: () => item.pick(),
      },
      item.picture === undefined
        ? null
        : el(
            "span",
            { class: "suggestion-picture" },
            item.picture ? el("img", { src: item.picture, alt: "", loading: "lazy" }) : [...item.title][0],
          ),
      el(
        "span",
        { class: "suggestion-text" },
        el("span", { class: "suggestion-title" }, item.title),
        item.detail ? el("span", { class: "suggestion-detail", dir: "auto" }, item.detail) : null,
      ),
    );
  }

  #mark() {
    [...this.element.children].forEach((option, index) => {
      option.setAttribute("aria-selected", String(index === this.#active));
      if (index === this.#active) option.scrollIntoView({ block: "nearest" });
    });
  }
}
