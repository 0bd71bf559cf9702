/**
 * A chat's messages on the page, in order, with the days between them. It keeps the reader's place: at the
 * bottom new messages scroll in, above it they are counted on the button that leads down.
 */
import { dayKey, dayName } from "./dates.js";
import { become, el, wantsLessMotion } from "./dom.js";
import { render } from "./message.js";
import { serviceText } from "./service.js";

/** @typedef {import("./types.js").Message} Message */

/** How far from the bottom, in CSS pixels, still counts as being there. */
const NEAR = 48;
/** Messages of one sender further apart than this, in seconds, are not drawn as one group. */
const GROUP_GAP = 15 * 60;
/** How long after the last scrolling the floating date fades, in ms. */
const STILL = 900;

export class Transcript {
  /** @type {Map<number, Message>} */ #messages = new Map();
  /** @type {Map<string, HTMLElement>} */ #shown = new Map();
  /** @type {Map<string, string>} what each element was drawn from */ #drawn = new Map();
  #bottom = true;
  #top = 0;
  /** @type {number | undefined} */ #still;
  #unread = 0;
  /** The chat has older messages than those shown. */
  more = false;
  /** @type {Set<string>} keys of the buttons that wait for an answer */
  waiting = new Set();

  /**
   * @param {HTMLElement} scroller what scrolls
   * @param {HTMLElement} list what holds the messages
   * @param {{viewer: number, group: boolean, language: string}} reader
   * @param {{unread: (count: number, bottom: boolean) => void, top: () => void}} tell
   */
  constructor(scroller, list, reader, tell) {
    this.scroller = scroller;
    this.list = list;
    this.reader = reader;
    this.tell = tell;
    scroller.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    const resized = new ResizeObserver(() => this.#bottom && this.toBottom());
    resized.observe(scroller);
    resized.observe(list);
  }

  get messages() {
    return [...this.#messages.values()].sort((one, other) => one.message_id - other.message_id);
  }

  /** @param {number} id */
  get(id) {
    return this.#messages.get(id);
  }

  /**
   * Shows exactly these messages, as after a load.
   * @param {Message[]} messages
   * @param {boolean} more
   */
  replace(messages, more) {
    this.#messages = new Map(messages.map((message) => [message.message_id, message]));
    this.more = more;
    this.#unread = 0;
    this.draw();
    this.toBottom();
  }

  /**
   * Adds older messages above, without moving what is being read.
   * @param {Message[]} messages
   * @param {boolean} more
   */
  prepend(messages, more) {
    const fromEnd = this.scroller.scrollHeight - this.scroller.scrollTop;
    for (const message of messages) this.#messages.set(message.message_id, message);
    this.more = more;
    this.draw();
    this.scroller.scrollTop = this.scroller.scrollHeight - fromEnd;
  }

  /**
   * A new message or a newer version of one; an older version changes nothing.
   * @param {Message} message
   */
  put(message) {
    const known = this.#messages.get(message.message_id);
    if (known && (known.version ?? 1) > (message.version ?? 1)) return;
    if (!known && this.more && message.message_id < (this.messages[0]?.message_id ?? 0)) return;
    this.#messages.set(message.message_id, message);
    const mine = message.from?.id === this.reader.viewer;
    if (!known && mine) this.#bottom = true;
    if (!known && !this.#bottom) this.#unread += 1;
    this.draw(!known);
    this.#report();
  }

  /** @param {number[]} ids */
  remove(ids) {
    for (const id of ids) {
      if (!this.#messages.delete(id)) continue;
      const element = this.#shown.get(`m${id}`);
      this.#forget(`m${id}`);
      if (element) leave(element);
    }
    this.draw();
  }

  toBottom() {
    this.#bottom = true;
    this.#unread = 0;
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.#report();
  }

  /**
   * Scrolls to a message and lights it up for a moment.
   * @param {number} id
   */
  show(id) {
    const element = this.#shown.get(`m${id}`);
    if (!element) return false;
    element.scrollIntoView({ block: "center", behavior: wantsLessMotion() ? "auto" : "smooth" });
    element.classList.remove("found");
    requestAnimationFrame(() => element.classList.add("found"));
    return true;
  }

  /**
   * Brings the page up to the messages, touching only what changed.
   * @param {boolean} [arriving] what is new came just now, rather than with a load
   */
  draw(arriving = false) {
    const messages = this.messages;
    /** @type {Map<string, HTMLElement[]>} the day's separator and messages, by day */
    const days = new Map();
    const keep = new Set();
    messages.forEach((message, index) => {
      const day = dayKey(message.date);
      const today = days.get(day) ?? [this.#separator(message.date)];
      days.set(day, today);
      const key = `m${message.message_id}`;
      keep.add(key).add(`d${day}`).add(`g${day}`);
      today.push(
        this.#element(
          key,
          message,
          !this.#together(messages[index - 1], message),
          !this.#together(message, messages[index + 1]),
          arriving,
        ),
      );
    });
    for (const key of [...this.#shown.keys()]) {
      if (keep.has(key)) continue;
      this.#shown.get(key)?.remove();
      this.#forget(key);
    }
    arrange(
      this.list,
      [...days].map(([day, elements]) => arrange(this.#group(day), elements)),
    );
    if (this.#bottom) this.scroller.scrollTop = this.scroller.scrollHeight;
  }

  /** @param {string} key */
  #forget(key) {
    this.#shown.delete(key);
    this.#drawn.delete(key);
  }

  /**
   * What holds a day's messages, so that its date stays at the top while they pass.
   * @param {string} day
   */
  #group(day) {
    const group = this.#shown.get(`g${day}`) ?? el("div", { class: "day-group" });
    this.#shown.set(`g${day}`, group);
    return group;
  }

  /** @param {number} date */
  #separator(date) {
    const key = `d${dayKey(date)}`;
    const wanted = el("div", { class: "service day" }, el("span", {}, dayName(date, "en")));
    const present = this.#shown.get(key);
    if (present) become(present, wanted);
    else this.#shown.set(key, wanted);
    return present ?? wanted;
  }

  /**
   * @param {string} key
   * @param {Message} message
   * @param {boolean} first
   * @param {boolean} last
   * @param {boolean} arriving
   */
  #element(key, message, first, last, arriving) {
    const waits = [...this.waiting].filter((name) => name.startsWith(`${message.message_id}:`)).join();
    const { language, viewer, group } = this.reader;
    const source = `${JSON.stringify(message)}|${first}|${last}|${waits}|${language}|${viewer}`;
    const present = this.#shown.get(key);
    if (present && this.#drawn.get(key) === source) return present;
    this.#drawn.set(key, source);
    const wanted = render(message, { viewer, group, language, first, last, waiting: this.waiting });
    if (present) {
      become(present, wanted);
      return present;
    }
    if (arriving) wanted.classList.add("arriving");
    this.#shown.set(key, wanted);
    return wanted;
  }

  /**
   * Whether two messages that follow each other are drawn as one group.
   * @param {Message | undefined} one
   * @param {Message | undefined} next
   */
  #together(one, next) {
    if (!one || !next || one.from?.id !== next.from?.id) return false;
    if (serviceText(one, this.reader) !== null || serviceText(next, this.reader) !== null) return false;
    return next.date - one.date < GROUP_GAP && dayKey(one.date) === dayKey(next.date);
  }

  #scrolled() {
    this.scroller.classList.add("scrolling");
    clearTimeout(this.#still);
    this.#still = setTimeout(() => this.scroller.classList.remove("scrolling"), STILL);
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    // Only the reader leaves the bottom, by scrolling up; a keyboard that opens below does not.
    if (scrollHeight - scrollTop - clientHeight < NEAR) this.#bottom = true;
    else if (scrollTop < this.#top) this.#bottom = false;
    this.#top = scrollTop;
    if (this.#bottom) this.#unread = 0;
    if (scrollTop < 200 && this.more) this.tell.top();
    this.#report();
  }

  #report() {
    this.tell.unread(this.#unread, this.#bottom);
  }
}

/**
 * Puts the elements in order, moving as few as possible; those that are just leaving stay where they are.
 * @param {HTMLElement} list
 * @param {HTMLElement[]} wanted
 * @returns {HTMLElement} the list
 */
function arrange(list, wanted) {
  let cursor = list.firstElementChild;
  for (const element of wanted) {
    while (cursor?.classList.contains("leaving")) cursor = cursor.nextElementSibling;
    if (cursor === element) cursor = cursor.nextElementSibling;
    else list.insertBefore(element, cursor);
  }
  return list;
}

/**
 * Lets a deleted message shrink away.
 * @param {HTMLElement} element
 */
function leave(element) {
  if (wantsLessMotion()) {
    element.remove();
    return;
  }
  element.classList.add("leaving");
  element.setAttribute("aria-hidden", "true");
  element.inert = true;
  const height = element.offsetHeight;
  const away = element.animate(
    [
      { height: `${height}px`, opacity: 1, transform: "scale(1)" },
      { height: `${height}px`, opacity: 0, transform: "scale(.94)", offset: 0.55 },
      { height: "0", opacity: 0, transform: "scale(.94)", marginBlock: "0" },
    ],
    { duration: 260, easing: "ease" },
  );
  away.finished.then(
    () => element.remove(),
    () => element.remove(),
  );
}
