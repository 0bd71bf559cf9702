/** The page: its panes, its top bar, its mailbox, and the stream that keeps them up to date. */
import { addressOf, placesIn, same } from "./address.js";
import { AddCustomer } from "./addcustomer.js";
import { el, find } from "./dom.js";
import { botLink } from "./links.js";
import { Live } from "./live.js";
import { Mailbox } from "./mailbox.js";
import { Pane } from "./pane.js";
import * as server from "./server.js";

/** @typedef {import("./types.js").User} User */
/** @typedef {import("./types.js").Chat} Chat */
/** @typedef {import("./address.js").Place} Place */

/** How long to wait before asking again for a sandbox that does not answer yet, in ms. */
const RETRY = 1000;

class Page {
  /** @type {Pane[]} */ #panes = [];
  /** @type {Pane | null} the one that a narrow screen shows */ #front = null;
  /** @type {User} */ bot = { id: 0, first_name: "", is_bot: true };
  description = "";
  #live = new Live();

  constructor() {
    this.panes = find(document.body, ".panes");
    this.tabs = find(document.body, ".tabs");
    this.status = find(document.body, ".connection");
    this.mailbox = new Mailbox(find(document.body, ".drawer"), find(document.body, ".mail-button"), (address) =>
      this.#follow(address),
    );
    new AddCustomer(
      find(document.body, ".add-button"),
      (name, language) => void this.open({ kind: "customer", name, language }),
    );
    this.#swipe();
  }

  async begin() {
    const info = await this.#info();
    this.#meet(info);
    this.#live.listen((kind, data, id) => this.#hear(kind, data, id));
    this.#live.watch((connected) => this.#connection(connected));
    this.#live.begin(info.last_event);
    void this.mailbox.load().catch(() => undefined);
    for (const place of placesIn(location.search)) this.#add(place);
    this.#bringForward(this.#panes[0]);
    await Promise.all(this.#panes.map((pane) => pane.attempt(() => pane.load())));
    if (matchMedia("(hover: hover)").matches) this.#panes[0]?.composer.field.focus({ preventScroll: true });
  }

  async #info() {
    for (;;) {
      try {
        return await server.info();
      } catch {
        this.#connection(false);
        await new Promise((resolve) => setTimeout(resolve, RETRY));
      }
    }
  }

  /** @param {import("./types.js").Info} info */
  #meet(info) {
    this.bot = info.bot;
    this.description = info.description || "";
    document.title = info.bot.first_name;
    find(document.body, ".bot-name").textContent = info.bot.first_name;
  }

  /**
   * Opens a place, or brings it to the front if it is open.
   * @param {Place} place
   * @returns {Promise<Pane>}
   */
  async open(place) {
    const present = this.#panes.find((pane) => same(pane.place, place));
    const pane = present ?? this.#add(place);
    const language = place.kind === "customer" ? place.language : undefined;
    const speaks = language && pane.place.kind === "customer" && pane.place.language !== language;
    if (speaks) Object.assign(pane.place, { language });
    this.#bringForward(pane);
    if (!present || speaks) await pane.attempt(() => pane.load());
    pane.element.scrollIntoView({ inline: "nearest", block: "nearest" });
    return pane;
  }

  /** @param {User} user */
  openPrivate(user) {
    return this.open({ kind: "customer", name: user.first_name });
  }

  /**
   * @param {Chat} chat
   * @param {User} user
   */
  openChat(chat, user) {
    return chat.type === "private" ? this.openPrivate(user) : this.open({ kind: "staff", name: user.first_name });
  }

  /** @param {Pane} pane */
  close(pane) {
    if (this.#panes.length === 1) return;
    this.#panes = this.#panes.filter((other) => other !== pane);
    pane.element.remove();
    if (this.#front === pane) this.#bringForward(this.#panes[0]);
    this.changed();
  }

  /** Brings tabs and address up to the panes. */
  changed() {
    const tabs = this.#panes.map((pane) => {
      const count = pane.unseen ? el("span", { class: "badge" }, pane.unseen) : null;
      return el(
        "button",
        { type: "button", class: "tab", "aria-pressed": pane === this.#front, onclick: () => this.#bringForward(pane) },
        pane.title,
        count,
      );
    });
    this.tabs.replaceChildren(...tabs);
    history.replaceState(null, "", addressOf(this.#panes.map((pane) => pane.place)));
  }

  /** @param {Place} place */
  #add(place) {
    const pane = new Pane(place, this.#forPane());
    this.#panes.push(pane);
    this.panes.append(pane.element);
    return pane;
  }

  /** @returns {import("./pane.js").Page} */
  #forPane() {
    const page = this;
    return {
      get bot() {
        return page.bot;
      },
      get description() {
        return page.description;
      },
      changed: () => page.changed(),
      close: (pane) => page.close(pane),
      openPrivate: (user) => page.openPrivate(user),
      openChat: (chat, user) => page.openChat(chat, user),
    };
  }

  /** @param {Pane | undefined} pane */
  #bringForward(pane) {
    if (!pane) return;
    this.#front = pane;
    pane.unseen = 0;
    for (const other of this.#panes) other.element.classList.toggle("front", other === pane);
    this.changed();
  }

  /**
   * @param {string} kind
   * @param {any} data
   * @param {number} id
   */
  #hear(kind, data, id) {
    if (kind === "reset") void this.#again();
    else if (kind === "mail") this.mailbox.arrived(data.mail);
    else for (const pane of this.#panes) pane.hear(kind, data, id);
  }

  /** After a gap in the stream: everything that is shown is read again. */
  async #again() {
    const info = await server.info().catch(() => null);
    if (info) this.#meet(info);
    void this.mailbox.load().catch(() => undefined);
    await Promise.all(this.#panes.map((pane) => pane.attempt(() => pane.load())));
  }

  /** @param {boolean} connected */
  #connection(connected) {
    this.status.hidden = connected;
    document.body.classList.toggle("offline", !connected);
  }

  /** @param {string} address */
  #follow(address) {
    const link = botLink(address, this.bot.username);
    const pane = this.#front?.isStaff ? this.#panes.find((other) => !other.isStaff) : this.#front;
    if (!link || !pane) return false;
    pane.presses.open(address);
    return true;
  }

  /** A swipe to the side brings the next pane forward on a narrow screen. */
  #swipe() {
    let from = { x: 0, y: 0 };
    this.panes.addEventListener(
      "touchstart",
      ({ touches: [touch] }) => (from = { x: touch.clientX, y: touch.clientY }),
      { passive: true },
    );
    this.panes.addEventListener("touchend", ({ changedTouches: [touch] }) => {
      const [dx, dy] = [touch.clientX - from.x, touch.clientY - from.y];
      if (Math.abs(dx) < 80 || Math.abs(dy) > 50 || !this.#front) return;
      this.#bringForward(this.#panes[this.#panes.indexOf(this.#front) - Math.sign(dx)]);
    });
  }
}

await new Page().begin();
