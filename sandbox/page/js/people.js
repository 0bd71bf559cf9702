/** Names, initials and colours of people and chats. */
import { el } from "./dom.js";

/** @typedef {import("./types.js").User} User */
/** @typedef {import("./types.js").Chat} Chat */

/** How many colours the style sheet has for people (`--person-0` and on). */
const COLOURS = 7;

/** @param {User} user */
export function fullName(user) {
  return [user.first_name, user.last_name].filter(Boolean).join(" ");
}

/** @param {number} id */
export function colour(id) {
  return Math.abs(id) % COLOURS;
}

/** @param {string} name */
export function initials(name) {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const letters = [words[0], words.length > 1 ? words[words.length - 1] : ""].map((word) => [...(word ?? "")][0] ?? "");
  return letters.join("").toUpperCase();
}

/**
 * @param {number} id
 * @param {string} name
 * @param {string} [className]
 */
export function avatar(id, name, className = "") {
  return el("span", { class: `avatar ${className}`, "data-colour": colour(id), "aria-hidden": "true" }, initials(name));
}
