/** What pressing things in the transcript does: buttons, links, photos, replies, and the menu of a message. */
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { keyOf, rowsOf } from "./keyboard.js";
import { botLink } from "./links.js";
import { messageMenu } from "./messagemenu.js";
import { openPaySheet, receipt } from "./paysheet.js";
import * as server from "./server.js";

/** @typedef {import("./types.js").Message} Message */
/** @typedef {import("./types.js").TapResult} TapResult */
/** @typedef {import("./pane.js").Pane} Pane */

/** A button stops to wait after this long, in ms, even if the sandbox went away. */
const GIVE_UP = 20_000;

export class Presses {
  /** @type {Map<string, string>} the key of the waiting button, by callback */ #pending = new Map();
  /** @type {Map<string, any>} answers that came before the tap's own response */ #early = new Map();

  /** @param {Pane} pane */
  constructor(pane) {
    this.pane = pane;
    pane.list.addEventListener("click", (event) => this.#clicked(event));
    pane.list.addEventListener("contextmenu", (event) => this.#menu(event));
    pane.list.addEventListener("dblclick", (event) => {
      const message = this.#messageAt(event.target);
      if (message && !(/** @type {Element} */ (event.target).closest("[data-act]")))
        pane.composer.about("reply", message);
    });
  }

  /** @param {EventTarget | null} target */
  #messageAt(target) {
    const element = target instanceof Element ? target.closest("[data-id]") : null;
    return element instanceof HTMLElement ? this.pane.transcript.get(Number(element.dataset.id)) : undefined;
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const target = event.target instanceof Element ? event.target.closest("[data-act]") : null;
    const message = this.#messageAt(target);
    if (!(target instanceof HTMLElement) || !message) return;
    const { act, row, column, command } = target.dataset;
    if (act === "tap") void this.#tap(message, Number(row), Number(column));
    else if (act === "link") this.#followed(event, /** @type {HTMLAnchorElement} */ (target));
    else if (act === "command") void this.#say(command ?? "");
    else if (act === "reveal") reveal(target);
    else if (act === "expand") expand(target);
    else if (act === "copy") void this.copy(target.textContent ?? "");
    else if (act === "jump") this.pane.transcript.show(Number(target.dataset.target));
    else if (act === "photo") this.#photo(target);
  }

  /**
   * @param {Message} message
   * @param {number} row
   * @param {number} column
   */
  async #tap(message, row, column) {
    const { pane } = this;
    const button = rowsOf(message)[row]?.[column];
    const key = keyOf(message, row, column);
    if (!button || pane.transcript.waiting.has(key)) return;
    if (button.pay) {
      this.#pay(message);
      return;
    }
    this.#wait(key, true);
    const result = await pane.attempt(() => server.tap(message, pane.user.id, row, column));
    if (result?.kind === "callback" && result.id) this.#began(result.id, key, result);
    else this.#wait(key, false);
    if (result && result.kind !== "callback") await this.#did(result);
  }

  /**
   * @param {string} id
   * @param {string} key
   * @param {TapResult} result
   */
  #began(id, key, result) {
    this.#pending.set(id, key);
    const early = this.#early.get(id);
    this.#early.clear();
    if (early) this.answered(early);
    else if (result.state !== "waiting") this.answered({ id, user: this.pane.user.id, answer: result.answer });
    else setTimeout(() => this.answered({ id, user: this.pane.user.id, answer: null }), GIVE_UP);
  }

  /**
   * The bot's answer to a callback, or its expiry.
   * @param {{id: string, user: number, answer: import("./types.js").CallbackAnswer | null | undefined}} event
   */
  answered(event) {
    if (event.user !== this.pane.user.id) return;
    const key = this.#pending.get(event.id);
    if (key === undefined) {
      this.#early.set(event.id, event);
      return;
    }
    this.#pending.delete(event.id);
    this.#wait(key, false);
    const { text, show_alert: modal, url } = event.answer ?? {};
    if (url) this.open(url);
    if (text && modal) this.pane.overlay.alert(this.pane.page.bot.first_name, text);
    else if (text) this.pane.overlay.toast(text);
  }

  /**
   * @param {string} key
   * @param {boolean} waits
   */
  #wait(key, waits) {
    const { transcript } = this.pane;
    if (waits) transcript.waiting.add(key);
    else transcript.waiting.delete(key);
    transcript.draw();
  }

  /** @param {Message} message */
  #pay(message) {
    const paid = message.invoice_details?.paid?.[0];
    if (paid) this.pane.overlay.alert("Receipt", receipt(message, paid.at, this.pane.language));
    else openPaySheet(this.pane.overlay, message, this.pane.user.id, this.pane.language);
  }

  /** @param {TapResult} result */
  async #did(result) {
    const { pane } = this;
    if (result.kind === "copy_text") await this.copy(result.text ?? "");
    else if (result.kind === "switch_inline" && result.here) this.#writeQuery(pane, result.query ?? "");
    else if (result.kind === "switch_inline")
      await this.#chooseChat("Send to…", (chosen) => this.#writeQuery(chosen, result.query ?? ""));
    else if (result.url) this.open(result.url);
  }

  /**
   * @param {Pane} pane
   * @param {string} query
   */
  #writeQuery(pane, query) {
    pane.composer.write(`@${pane.page.bot.username} ${query}`);
  }

  /**
   * @param {string} title
   * @param {(pane: Pane) => void} chosen
   */
  async #chooseChat(title, chosen) {
    const { pane } = this;
    const chats = await pane.attempt(() => server.chatsOf(pane.user.id));
    if (!chats) return;
    const choices = chats.map((chat) => ({
      label: chat.type === "private" ? pane.page.bot.first_name : (chat.title ?? "Group"),
      run: () => void pane.attempt(async () => chosen(await pane.page.openChat(chat, pane.user))),
    }));
    pane.overlay.choose(title, choices);
  }

  /** @param {Message} message */
  forward(message) {
    return this.#chooseChat(
      "Forward to…",
      (to) => void to.attempt(() => server.forward(message, this.pane.user.id, to.chat.id)),
    );
  }

  /**
   * A link to the bot itself opens here; any other in a window of its own.
   * @param {MouseEvent} event
   * @param {HTMLAnchorElement} anchor
   */
  #followed(event, anchor) {
    if (!botLink(anchor.href, this.pane.page.bot.username)) return;
    event.preventDefault();
    this.open(anchor.href);
  }

  /** @param {string} address */
  open(address) {
    const { pane } = this;
    const link = botLink(address, pane.page.bot.username);
    if (!link) window.open(address, "_blank", "noopener,noreferrer");
    else if (link.group !== undefined) void this.#startInGroup(link.group);
    else void pane.attempt(async () => (await pane.page.openPrivate(pane.user)).presses.startWith(link.payload));
  }

  /** @param {string} payload */
  async #startInGroup(payload) {
    const { pane } = this;
    const chats = (await pane.attempt(() => server.chatsOf(pane.user.id))) ?? [];
    const groups = chats.filter((chat) => chat.type !== "private");
    if (!groups.length) pane.overlay.toast(`${pane.user.first_name} is in no group.`);
    else
      pane.overlay.choose(
        "Add the bot to…",
        groups.map((chat) => ({
          label: chat.title ?? "Group",
          run: () => void pane.attempt(() => server.start(pane.user.id, { payload, chat: chat.id })),
        })),
      );
  }

  /** @param {string} [payload] */
  startWith(payload) {
    return this.pane.attempt(() => server.start(this.pane.user.id, payload ? { payload } : {}));
  }

  /** @param {string} text */
  #say(text) {
    return this.pane.attempt(() => server.send(this.pane.chat.id, { user: this.pane.user.id, text }));
  }

  /**
   * A key of the reply keyboard. In a group it answers the bot's message, so that privacy mode lets it through.
   * @param {Exclude<import("./types.js").ReplyButton, string>} button
   */
  replyKey(button) {
    const { pane } = this;
    const asking =
      pane.chat.type === "private"
        ? undefined
        : pane.transcript.messages.findLast((message) => message.reply_markup?.keyboard);
    const user = { user: pane.user.id, reply_to: asking?.message_id };
    const content = button.request_contact
      ? { contact: { phone_number: "+49 30 901820", first_name: pane.user.first_name } }
      : button.request_location
        ? { location: { latitude: 52.52, longitude: 13.405 } }
        : { text: button.text };
    void pane.attempt(() => server.send(pane.chat.id, { ...user, ...content }));
  }

  /** @param {string} text */
  async copy(text) {
    await navigator.clipboard.writeText(text).then(
      () => this.pane.overlay.toast("Copied"),
      () => this.pane.overlay.toast("The browser does not let the page copy."),
    );
  }

  /** @param {HTMLElement} target */
  #photo(target) {
    if (target.classList.contains("hidden-photo")) {
      target.classList.remove("hidden-photo");
      return;
    }
    const picture = target.querySelector("img");
    const close = el(
      "button",
      { type: "button", class: "round", "aria-label": "Close", onclick: () => this.pane.overlay.close() },
      icon("close"),
    );
    this.pane.overlay.show(
      el(
        "div",
        { class: "viewer", role: "dialog", "aria-modal": "true", "aria-label": "Photo" },
        el("img", { src: picture?.src, alt: "Photo" }),
        close,
      ),
      close,
    );
  }

  /** @param {MouseEvent} event */
  #menu(event) {
    const message = this.#messageAt(event.target);
    const onLink = event.target instanceof Element && event.target.closest("a");
    if (!message || onLink || getSelection()?.toString()) return;
    event.preventDefault();
    messageMenu(this.pane, message);
  }
}

/** @param {HTMLElement} spoiler */
function reveal(spoiler) {
  spoiler.classList.add("revealed");
  spoiler.removeAttribute("aria-label");
}

/** @param {HTMLElement} target */
function expand(target) {
  const quote = target.closest("blockquote");
  const open = quote?.classList.toggle("open") ?? false;
  quote?.querySelector("button")?.setAttribute("aria-expanded", String(open));
}
