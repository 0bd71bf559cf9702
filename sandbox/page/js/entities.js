/**
 * Text and its entities (https://core.telegram.org/bots/api#messageentity) to nodes. Offsets and lengths count
 * UTF-16 units, as JavaScript's strings do.
 */
import { el } from "./dom.js";
import { relationOf } from "./links.js";

/** @typedef {import("./types.js").Entity} Entity */

/** Longest quote, in lines, that an expandable block shows before it is opened. */
export const QUOTE_LINES = 3;

const SAFE_SCHEMES = new Set(["http:", "https:", "mailto:", "tel:", "tg:"]);

/**
 * @param {string} text
 * @param {Entity[]} [entities]
 * @returns {(Node | string)[]}
 */
export function formatted(text, entities = []) {
  const ordered = entities
    .filter((entity) => entity.length > 0)
    .sort((one, other) => one.offset - other.offset || other.length - one.length);
  return range(text, 0, text.length, ordered);
}

/**
 * The nodes of text[start:end]. An entity that reaches beyond its parent is cut at the parent's end and goes on
 * in what follows.
 * @param {string} text
 * @param {number} start
 * @param {number} end
 * @param {Entity[]} entities sorted, all of them beginning at or after start
 * @returns {(Node | string)[]}
 */
function range(text, start, end, entities) {
  /** @type {(Node | string)[]} */
  const out = [];
  const queue = [...entities];
  let position = start;
  while (queue.length) {
    const entity = /** @type {Entity} */ (queue.shift());
    const from = Math.max(entity.offset, position);
    const to = Math.min(entity.offset + entity.length, end);
    if (from >= to) continue;
    const block = isBlock(entity);
    if (from > position) out.push(before(text.slice(position, from), block));
    /** @type {Entity[]} */
    const inside = [];
    while (queue.length && queue[0].offset < to) {
      const next = /** @type {Entity} */ (queue.shift());
      inside.push(next);
      const beyond = next.offset + next.length - to;
      if (beyond > 0) queue.unshift({ ...next, offset: to, length: beyond });
      if (beyond > 0) break;
    }
    out.push(wrapped(entity, text.slice(from, to), range(text, from, to, inside)));
    position = to;
    // A block ends its own line: the line break that follows it would show as an empty line.
    if (block && text[position] === "\n" && position < end) position += 1;
  }
  if (position < end) out.push(text.slice(position, end));
  return out;
}

/** @param {Entity} entity */
function isBlock(entity) {
  return ["pre", "blockquote", "expandable_blockquote"].includes(entity.type);
}

/**
 * @param {string} text
 * @param {boolean} block whether a block follows, which begins its own line
 */
function before(text, block) {
  return block && text.endsWith("\n") ? text.slice(0, -1) : text;
}

/**
 * @param {Entity} entity
 * @param {string} text what the entity covers
 * @param {(Node | string)[]} inner
 * @returns {Node}
 */
function wrapped(entity, text, inner) {
  switch (entity.type) {
    case "bold":
      return el("strong", {}, inner);
    case "italic":
      return el("em", {}, inner);
    case "underline":
      return el("u", {}, inner);
    case "strikethrough":
      return el("s", {}, inner);
    case "spoiler":
      return el(
        "button",
        { type: "button", class: "spoiler", "data-act": "reveal", "aria-label": "Hidden text, show it" },
        el("span", {}, inner),
      );
    case "code":
      return el("code", { "data-act": "copy", title: "Click to copy" }, inner);
    case "pre":
      return el("pre", { "data-language": entity.language }, el("code", {}, inner));
    case "blockquote":
      return el("blockquote", {}, inner);
    case "expandable_blockquote":
      return expandable(text, inner);
    case "text_link":
      return link(entity.url ?? "", inner);
    case "url":
      return link(/^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`, inner);
    case "email":
      return link(`mailto:${text}`, inner);
    case "phone_number":
      return link(`tel:${text.replace(/[^+\d]/g, "")}`, inner);
    case "bot_command":
      return el("button", { type: "button", class: "text-action", "data-act": "command", "data-command": text }, inner);
    case "mention":
      return el("span", { class: "mention" }, inner);
    case "text_mention":
      return el("span", { class: "mention" }, inner);
    case "hashtag":
    case "cashtag":
      return el("span", { class: "hashtag" }, inner);
    default:
      return el("span", {}, inner);
  }
}

/**
 * @param {string} text
 * @param {(Node | string)[]} inner
 */
function expandable(text, inner) {
  const long = text.length > 150 || text.split("\n").length > QUOTE_LINES;
  if (!long) return el("blockquote", {}, inner);
  const toggle = el("button", {
    type: "button",
    class: "quote-toggle",
    "data-act": "expand",
    "aria-expanded": "false",
    "aria-label": "Show the whole quote",
  });
  return el(
    "blockquote",
    { class: "expandable", "data-act": "expand" },
    el("div", { class: "quote-text" }, inner),
    toggle,
  );
}

/**
 * A link, or plain text where the address is none that a chat may open.
 * @param {string} address
 * @param {(Node | string)[]} inner
 */
export function link(address, inner) {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url || !SAFE_SCHEMES.has(url.protocol)) return el("span", {}, inner);
  return el("a", { href: url.href, target: "_blank", rel: relationOf(url.href), "data-act": "link" }, inner);
}
