/** One message as the chat shows it: a bubble with its sender, medium, text, time and keyboard. */
import { clock, moment } from "./dates.js";
import { el } from "./dom.js";
import { formatted } from "./entities.js";
import { inlineKeyboard } from "./keyboard.js";
import { linkPreview, medium } from "./media.js";
import { avatar, colour, fullName } from "./people.js";
import { serviceText } from "./service.js";

/** @typedef {import("./types.js").Message} Message */

/**
 * How a message stands in the chat it is shown in.
 * @typedef {{viewer: number, group: boolean, first: boolean, last: boolean, waiting: Set<string>,
 *   language: string}} Standing
 */

/**
 * @param {Message} message
 * @param {Standing} standing
 * @returns {HTMLElement}
 */
export function render(message, standing) {
  const id = `m${message.message_id}`;
  const service = serviceText(message, standing);
  if (service !== null)
    return el("div", { class: "service", "data-part": id, "data-id": message.message_id }, el("span", {}, service));
  const mine = message.from?.id === standing.viewer;
  const named = standing.group && !mine;
  const sides = ["message", mine ? "out" : "in", named && "named", standing.first && "first", standing.last && "last"];
  return el(
    "div",
    { class: sides.filter(Boolean).join(" "), "data-part": id, "data-id": message.message_id },
    el(
      "div",
      { class: "stack" },
      bubble(message, standing, named),
      inlineKeyboard(message, standing.waiting, standing.language),
    ),
  );
}

/**
 * @param {Message} message
 * @param {Standing} standing
 * @param {boolean} named
 */
function bubble(message, standing, named) {
  const carried = medium(message, standing.language);
  const text = message.text ?? message.caption ?? "";
  const bare = Boolean(message.sticker || message.dice);
  const body = text ? textOf(message, text) : null;
  const above = Boolean(message.show_caption_above_media);
  const picture = Boolean(carried && (message.photo || message.video));
  const classes = [
    "bubble",
    bare && "bare",
    picture && "with-picture",
    picture && !text && "picture-only",
    above && "caption-above",
  ];
  const head = [
    named && standing.first && message.from && !bare ? sender(message.from) : null,
    forwarded(message),
    via(message),
    quoted(message),
  ];
  return el(
    "div",
    { class: classes.filter(Boolean).join(" "), "data-part": "bubble" },
    speaker(message, standing),
    named && standing.last && message.from ? avatar(message.from.id, fullName(message.from)) : null,
    head,
    above ? [body, carried] : [carried, body],
    body ? null : meta(message, standing.language),
  );
}

/**
 * Who speaks, for those who hear the page and do not see its sides.
 * @param {Message} message
 * @param {Standing} standing
 */
function speaker(message, standing) {
  const name = message.from?.id === standing.viewer ? "You" : message.from ? fullName(message.from) : "";
  return el("span", { class: "unseen", "data-part": "who" }, `${name}: `);
}

/** @param {import("./types.js").User} user */
function sender(user) {
  return el("div", { class: "sender", "data-part": "sender", "data-colour": colour(user.id) }, fullName(user));
}

/** @param {Message} message */
function forwarded(message) {
  const origin = message.forward_origin;
  if (!origin) return null;
  const chat = origin.sender_chat ?? origin.chat;
  const name = origin.sender_user
    ? fullName(origin.sender_user)
    : (origin.sender_user_name ?? chat?.title ?? chat?.first_name ?? "");
  return el("div", { class: "origin", "data-part": "origin" }, "Forwarded from ", el("b", {}, name));
}

/** @param {Message} message */
function via(message) {
  return message.via_bot
    ? el("div", { class: "origin", "data-part": "via" }, "via ", el("b", {}, `@${message.via_bot.username ?? ""}`))
    : null;
}

/** @param {Message} message */
function quoted(message) {
  const original = message.reply_to_message;
  if (!original) return null;
  const who = original.from;
  return el(
    "button",
    {
      type: "button",
      class: "quoted",
      "data-part": "quoted",
      "data-act": "jump",
      "data-target": original.message_id,
      "data-colour": colour(who?.id ?? 0),
      "aria-label": `In reply to: ${summary(original)}`,
    },
    el("span", { class: "quoted-name" }, who ? fullName(who) : ""),
    el("span", { class: "quoted-text" }, summary(original)),
  );
}

/**
 * @param {Message} message
 * @param {string} text
 */
function textOf(message, text) {
  const entities = message.text === undefined ? message.caption_entities : message.entities;
  const words = formatted(text, entities);
  const preview = linkPreview(message);
  const above = Boolean(message.link_preview?.show_above_text);
  return el(
    "div",
    { class: "text", "data-part": "text", dir: "auto" },
    above ? preview : null,
    words,
    above ? null : preview,
    meta(message, "en"),
  );
}

/**
 * @param {Message} message
 * @param {string} language
 */
function meta(message, language) {
  return el(
    "span",
    { class: "meta", "data-part": "meta", title: moment(message.date, language) },
    // A bot edits its screens all the time; clients mark only what people changed.
    message.edit_date && !message.from?.is_bot ? el("span", { class: "edited" }, "edited ") : null,
    el("time", { datetime: new Date(message.date * 1000).toISOString() }, clock(message.date)),
  );
}

/**
 * A message in a few words, for replies and the bar above the field.
 * @param {Message} message
 */
export function summary(message) {
  const text = message.text ?? message.caption;
  if (text) return text.length > 120 ? `${text.slice(0, 119)}…` : text;
  if (message.photo) return "Photo";
  if (message.sticker) return `${message.sticker.emoji ?? ""} Sticker`;
  if (message.document) return message.document.file_name ?? "File";
  if (message.invoice) return message.invoice.title;
  if (message.voice) return "Voice message";
  return "Message";
}
