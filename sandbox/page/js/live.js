/**
 * The sandbox's stream of events. It comes back by itself when the server does; after a gap everyone who
 * listens is told to read again what they show, since a server without a kept state begins anew.
 */

const EVENTS = [
  "message",
  "edit",
  "delete",
  "answer",
  "action",
  "chat",
  "keyboard",
  "commands",
  "payment",
  "reaction",
  "inline",
  "mail",
  "user",
  "reset",
];

/** Longest pause between two attempts to connect, in ms. */
const LONGEST_PAUSE = 4000;

/** @typedef {(kind: string, data: any, id: number) => void} Listener */

export class Live {
  /** @type {Set<Listener>} */ #listeners = new Set();
  /** @type {Set<(connected: boolean) => void>} */ #watchers = new Set();
  /** @type {EventSource | null} */ #source = null;
  #last = 0;
  #pause = 250;
  #lost = false;
  /** Whether the stream is open now. */
  connected = false;

  /**
   * @param {number} last the newest event that the page already knows
   */
  begin(last) {
    this.#last = last;
    this.#open();
  }

  /** @param {Listener} listener */
  listen(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** @param {(connected: boolean) => void} watcher called at once, and with each change */
  watch(watcher) {
    this.#watchers.add(watcher);
    watcher(this.connected);
  }

  #open() {
    const source = new EventSource(`/sandbox/events?last_event_id=${this.#last}`);
    this.#source = source;
    source.onopen = () => this.#opened();
    source.onerror = () => this.#failed(source);
    for (const kind of EVENTS) {
      source.addEventListener(kind, (event) => {
        const { data, lastEventId } = /** @type {MessageEvent} */ (event);
        const id = Number(lastEventId) || this.#last;
        this.#last = id;
        this.#tell(kind, JSON.parse(data || "{}"), id);
      });
    }
  }

  #opened() {
    const again = this.#lost;
    this.#lost = false;
    this.#pause = 250;
    this.#state(true);
    if (again) this.#tell("reset", {}, this.#last);
  }

  /** @param {EventSource} source */
  #failed(source) {
    source.close();
    if (source !== this.#source) return;
    this.#source = null;
    this.#lost = true;
    this.#state(false);
    setTimeout(() => this.#open(), this.#pause);
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE);
  }

  /** @param {boolean} connected */
  #state(connected) {
    this.connected = connected;
    for (const watcher of this.#watchers) watcher(connected);
  }

  /**
   * @param {string} kind
   * @param {unknown} data
   * @param {number} id
   */
  #tell(kind, data, id) {
    for (const listener of [...this.#listeners]) listener(kind, data, id);
  }
}
