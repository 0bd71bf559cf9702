/** What a message carries beside its text: pictures, files, stickers, places. */
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { money } from "./money.js";

/** @typedef {import("./types.js").Message} Message */
/** @typedef {import("./types.js").FileInfo} FileInfo */

/** Largest picture in a bubble, in CSS pixels. */
const WIDEST = 340;
const TALLEST = 400;
/** Width of the smallest picture that a caption still sits well under. */
const NARROWEST = 120;

/**
 * The message's medium, or null where it is text alone.
 * @param {Message} message
 * @param {string} language
 * @returns {HTMLElement | null}
 */
export function medium(message, language) {
  if (message.photo?.length) return photo(message.photo[message.photo.length - 1], Boolean(message.has_media_spoiler));
  if (message.sticker) return sticker(message.sticker.emoji ?? "");
  if (message.dice) return sticker(message.dice.emoji, `${message.dice.emoji} ${message.dice.value}`);
  if (message.invoice) return invoice(message, language);
  if (message.voice) return sound(message.voice, "Voice message");
  if (message.audio) return sound(message.audio, message.audio.title ?? message.audio.file_name ?? "Audio");
  if (message.video) return film(message.video);
  if (message.document) return file(message.document);
  if (message.location) return place(message.location);
  if (message.contact) return contact(message.contact);
  return null;
}

/**
 * The picture that a link leads to, or null.
 * @param {Message} message
 */
export function linkPreview(message) {
  const sizes = message.link_preview?.photo;
  return sizes?.length
    ? el("div", { class: "link-preview", "data-part": "preview" }, photo(sizes[sizes.length - 1], false))
    : null;
}

/**
 * @param {FileInfo} size
 * @param {boolean} hidden
 */
function photo(size, hidden) {
  const { width, height } = fitted(size.width ?? WIDEST, size.height ?? WIDEST);
  const picture = el("img", { class: "picture", src: size.url, width, height, alt: "Photo", decoding: "sync" });
  // Where a keyboard makes the bubble wider than the photo, the photo stands before itself, blurred.
  const backdrop = el("img", { class: "backdrop", src: size.url, alt: "", "aria-hidden": "true", decoding: "sync" });
  return el(
    "button",
    {
      type: "button",
      class: hidden ? "photo hidden-photo" : "photo",
      "data-part": "photo",
      "data-act": "photo",
      "aria-label": hidden ? "Hidden photo, show it" : "Open photo",
      style: `width:${width}px;max-height:${height}px;aspect-ratio:${width}/${height}`,
    },
    backdrop,
    picture,
  );
}

/**
 * @param {number} width
 * @param {number} height
 */
function fitted(width, height) {
  const scale = Math.min(1, WIDEST / width, TALLEST / height);
  return { width: Math.max(NARROWEST, Math.round(width * scale)), height: Math.max(60, Math.round(height * scale)) };
}

/**
 * @param {string} emoji
 * @param {string} [label]
 */
function sticker(emoji, label = `Sticker ${emoji}`) {
  return el("div", { class: "sticker", "data-part": "sticker", role: "img", "aria-label": label }, emoji);
}

/** @param {FileInfo} document */
function file(document) {
  const name = document.file_name ?? "File";
  return el(
    "a",
    {
      class: "file",
      "data-part": "file",
      href: `${document.url}?name=1`,
      download: name,
      "aria-label": `Download ${name}, ${bytes(document.file_size)}`,
    },
    el("span", { class: "file-icon" }, icon("download")),
    el(
      "span",
      { class: "file-text" },
      el("span", { class: "file-name" }, name),
      el("span", { class: "file-size" }, bytes(document.file_size)),
    ),
  );
}

/**
 * @param {FileInfo} voice
 * @param {string} title
 */
function sound(voice, title) {
  return el(
    "div",
    { class: "file", "data-part": "sound" },
    el("span", { class: "file-icon" }, icon("down")),
    el(
      "span",
      { class: "file-text" },
      el("span", { class: "file-name" }, title),
      el("span", { class: "file-size" }, length(voice.duration ?? 0)),
    ),
  );
}

/** @param {FileInfo} video */
function film(video) {
  const { width, height } = fitted(video.width || WIDEST, video.height || WIDEST);
  return el("video", {
    class: "picture",
    "data-part": "film",
    src: video.url,
    width,
    height,
    controls: true,
    preload: "metadata",
  });
}

/** @param {{latitude: number, longitude: number}} location */
function place({ latitude, longitude }) {
  return el(
    "div",
    { class: "file", "data-part": "place" },
    el("span", { class: "file-icon" }, icon("check")),
    el(
      "span",
      { class: "file-text" },
      el("span", { class: "file-name" }, "Location"),
      el("span", { class: "file-size" }, `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`),
    ),
  );
}

/** @param {{phone_number: string, first_name: string, last_name?: string}} person */
function contact(person) {
  const name = [person.first_name, person.last_name].filter(Boolean).join(" ");
  return el(
    "div",
    { class: "file", "data-part": "contact" },
    el("span", { class: "file-icon" }, icon("smile")),
    el(
      "span",
      { class: "file-text" },
      el("span", { class: "file-name" }, name),
      el("span", { class: "file-size" }, person.phone_number),
    ),
  );
}

/**
 * @param {Message} message
 * @param {string} language
 */
function invoice(message, language) {
  const {
    title,
    description,
    currency,
    total_amount: total,
  } = /** @type {import("./types.js").Invoice} */ (message.invoice);
  const picture = message.invoice_details?.photo_url;
  return el(
    "div",
    { class: "invoice", "data-part": "invoice" },
    el("div", { class: "invoice-title" }, title),
    el("div", { class: "invoice-description", dir: "auto" }, description),
    picture ? el("img", { class: "invoice-picture", src: picture, alt: "" }) : null,
    el(
      "div",
      { class: "invoice-total" },
      money(total, currency, language),
      el("span", { class: "invoice-label" }, " Invoice"),
    ),
  );
}

/**
 * A file's size: 18.2 KB.
 * @param {number} [count]
 */
export function bytes(count = 0) {
  if (count < 1000) return `${count} B`;
  const units = ["KB", "MB", "GB"];
  const step = Math.min(units.length, Math.floor(Math.log10(count) / 3));
  return `${(count / 1000 ** step).toFixed(1)} ${units[step - 1]}`;
}

/** @param {number} seconds */
function length(seconds) {
  return `${Math.floor(seconds / 60)}:${String(Math.round(seconds) % 60).padStart(2, "0")}`;
}
