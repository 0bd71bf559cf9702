/** The mails that the bot sent: a drawer with a list and one letter, kept up to date. */
import { clock, dayName } from "./dates.js";
import { el, find } from "./dom.js";
import { icon } from "./icons.js";
import * as server from "./server.js";

/** @typedef {import("./types.js").Mail} Mail */

const ADDRESS = /https?:\/\/[^\s<>"]+[^\s<>".,;:!?)]/g;

/** Where the browser remembers which mails were opened. */
const READ = "read-mails";

export class Mailbox {
  /** @type {Mail[]} */ #mails = [];
  /** @type {Set<string>} */ #read = new Set(JSON.parse(localStorage.getItem(READ) ?? "[]"));
  /** @type {Mail | null} */ #open = null;

  /**
   * @param {HTMLElement} element the drawer
   * @param {HTMLElement} opener the button with the count
   * @param {(address: string) => boolean} follow opens a link within the page; false if it leads elsewhere
   */
  constructor(element, opener, follow) {
    this.element = element;
    this.opener = opener;
    this.follow = follow;
    opener.addEventListener("click", () => this.toggle());
    element.addEventListener("keydown", (event) => event.key === "Escape" && this.toggle(false));
    this.#draw();
  }

  async load() {
    this.#mails = (await server.mails()).reverse();
    this.#draw();
  }

  /** @param {Mail} mail */
  arrived(mail) {
    if (this.#mails.some((known) => known.id === mail.id)) return;
    this.#mails.unshift(mail);
    this.#draw();
  }

  /** @param {boolean} [open] */
  toggle(open = this.element.hidden) {
    this.element.hidden = !open;
    this.opener.setAttribute("aria-expanded", String(open));
    if (open) find(this.element, "button").focus();
    else this.opener.focus();
  }

  /** @param {Mail | null} mail */
  #show(mail) {
    this.#open = mail;
    if (mail) this.#read.add(nameOf(mail));
    localStorage.setItem(READ, JSON.stringify(this.#mails.map(nameOf).filter((name) => this.#read.has(name))));
    this.#draw();
    find(this.element, mail ? ".letter-back" : "button").focus();
  }

  #draw() {
    const unread = this.#mails.filter((mail) => !this.#read.has(nameOf(mail))).length;
    const badge = find(this.opener, ".badge");
    badge.hidden = unread === 0;
    badge.textContent = String(unread);
    this.opener.setAttribute("aria-label", unread ? `Mailbox, ${unread} unread` : "Mailbox");
    this.element.replaceChildren(...(this.#open ? this.#letter(this.#open) : this.#list()));
  }

  #list() {
    const close = el(
      "button",
      { type: "button", class: "round", "aria-label": "Close the mailbox", onclick: () => this.toggle(false) },
      icon("close"),
    );
    const empty = el(
      "button",
      { type: "button", class: "plain", disabled: !this.#mails.length, onclick: () => void this.#empty() },
      "Empty",
    );
    const rows = this.#mails.map((mail) => this.#row(mail));
    return [
      el("header", { class: "drawer-head" }, close, el("h2", {}, "Mailbox"), empty),
      rows.length
        ? el("ul", { class: "mails" }, rows)
        : el("p", { class: "nothing" }, "Mails that the bot sends appear here. None has come yet."),
    ];
  }

  /** @param {Mail} mail */
  #row(mail) {
    const unread = !this.#read.has(nameOf(mail));
    return el(
      "li",
      {},
      el(
        "button",
        { type: "button", class: unread ? "mail unread" : "mail", onclick: () => this.#show(mail) },
        el("span", { class: "mail-to" }, mail.to.join(", ")),
        el("time", { class: "mail-time" }, clock(mail.at)),
        el("span", { class: "mail-subject", dir: "auto" }, mail.subject || "(no subject)"),
        el("span", { class: "mail-snippet", dir: "auto" }, mail.text.trim().slice(0, 90)),
      ),
    );
  }

  async #empty() {
    await server.clearMails();
    this.#mails = [];
    this.#draw();
  }

  /** @param {Mail} mail */
  #letter(mail) {
    const back = el(
      "button",
      { type: "button", class: "round letter-back", "aria-label": "Back to the list", onclick: () => this.#show(null) },
      icon("back"),
    );
    return [
      el("header", { class: "drawer-head" }, back, el("h2", { dir: "auto" }, mail.subject || "(no subject)")),
      el(
        "dl",
        { class: "letter-head" },
        el("div", {}, el("dt", {}, "From"), el("dd", {}, mail.from)),
        el("div", {}, el("dt", {}, "To"), el("dd", {}, mail.to.join(", "))),
        el("div", {}, el("dt", {}, "Sent"), el("dd", {}, `${dayName(mail.at, "en")}, ${clock(mail.at)}`)),
      ),
      el("div", { class: "letter", dir: "auto" }, this.#linked(mail.text)),
      ...(mail.attachments ?? []).map(({ name, url }) =>
        el("a", { class: "letter-file", href: url, download: name }, icon("document"), name),
      ),
    ];
  }

  /** @param {string} text */
  #linked(text) {
    /** @type {(Node | string)[]} */
    const out = [];
    let from = 0;
    for (const { 0: address, index } of text.matchAll(ADDRESS)) {
      out.push(text.slice(from, index));
      const follow = (/** @type {Event} */ event) => this.follow(address) && event.preventDefault();
      out.push(el("a", { href: address, target: "_blank", rel: "noopener noreferrer", onclick: follow }, address));
      from = index + address.length;
    }
    return [...out, text.slice(from)];
  }
}

/**
 * What tells a mail from all others, also those of another run of the sandbox.
 * @param {Mail} mail
 */
function nameOf(mail) {
  return `${mail.id}@${mail.at}`;
}
