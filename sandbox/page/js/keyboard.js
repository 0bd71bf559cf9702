/** Inline keyboards, under a message. The rows have buttons of equal width, as Telegram's do. */
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { relationOf } from "./links.js";
import { money } from "./money.js";

/** @typedef {import("./types.js").Message} Message */
/** @typedef {import("./types.js").InlineButton} InlineButton */

/**
 * The rows that show under a message: its own, or the Pay button that Telegram adds to an invoice without a
 * keyboard.
 * @param {Message} message
 * @returns {InlineButton[][]}
 */
export function rowsOf(message) {
  const rows = message.reply_markup?.inline_keyboard ?? [];
  if (rows.length || !message.invoice || message.invoice_details?.payable === false) return rows;
  return [[{ text: "Pay", pay: true }]];
}

/**
 * What marks the button as waiting for its answer. A button that an edit changed no longer waits.
 * @param {Message} message
 * @param {number} row
 * @param {number} column
 */
export function keyOf(message, row, column) {
  const button = rowsOf(message)[row]?.[column];
  return `${message.message_id}:${row}:${column}:${button?.callback_data ?? ""}`;
}

/**
 * @param {Message} message
 * @param {Set<string>} waiting the keys of buttons whose callback has no answer yet
 * @param {string} language
 * @returns {HTMLElement | null}
 */
export function inlineKeyboard(message, waiting, language) {
  const rows = rowsOf(message);
  if (!rows.length) return null;
  const shown = rows.map((buttons, row) =>
    el(
      "div",
      { class: "keyboard-row" },
      buttons.map((button, column) =>
        inlineButton(message, button, row, column, waiting.has(keyOf(message, row, column)), language),
      ),
    ),
  );
  return el("div", { class: "keyboard", "data-part": "keyboard" }, shown);
}

/**
 * @param {Message} message
 * @param {InlineButton} button
 * @param {number} row
 * @param {number} column
 * @param {boolean} waits
 * @param {string} language
 */
function inlineButton(message, button, row, column, waits, language) {
  const label = el("span", { class: "key-label", dir: "auto" }, labelOf(message, button, language));
  const place = { "data-row": row, "data-column": column };
  const address = button.url ?? button.login_url?.url ?? button.web_app?.url;
  if (address && /^(https?|tg):/i.test(address)) {
    const link = {
      class: "key",
      href: address,
      target: "_blank",
      rel: relationOf(address),
      "data-act": "link",
      ...place,
    };
    return el("a", { ...link, title: address }, label, icon("url", "key-mark"));
  }
  return el(
    "button",
    {
      type: "button",
      class: waits ? "key waiting" : "key",
      "data-act": "tap",
      "aria-busy": waits ? "true" : null,
      ...place,
    },
    label,
    markOf(button),
  );
}

/**
 * @param {Message} message
 * @param {InlineButton} button
 * @param {string} language
 */
function labelOf(message, button, language) {
  if (!button.pay || !message.invoice) return button.text;
  if (message.invoice_details?.paid?.length) return "Receipt";
  if (button.text === "Pay") return `Pay ${money(message.invoice.total_amount, message.invoice.currency, language)}`;
  return button.text;
}

/** @param {InlineButton} button */
function markOf(button) {
  if (button.pay) return icon("card", "key-mark");
  if (button.switch_inline_query !== undefined || button.switch_inline_query_chosen_chat)
    return icon("reply", "key-mark flipped");
  return null;
}
