/** Inline mode: "@bot query" in the field lists results, and the chosen one is sent into the chat. */
import * as server from "./server.js";

/** @typedef {import("./pane.js").Pane} Pane */

export class InlineSearch {
  #asked = 0;

  /** @param {Pane} pane */
  constructor(pane) {
    this.pane = pane;
  }

  /**
   * Asks the bot; an answer to an earlier query that comes late is dropped.
   * @param {string | null} query null stops
   */
  async ask(query) {
    const number = ++this.#asked;
    if (query === null) return;
    const { suggestions } = this.pane.composer;
    const answer = await this.#answer(query, "");
    if (!answer || number !== this.#asked) return;
    const button = answer.button?.start_parameter === undefined ? [] : [this.#startButton(answer.button)];
    suggestions.show([...button, ...this.#suggestions(answer)], this.#more(number, query, answer.next_offset));
  }

  /**
   * What brings the results that follow, once somebody has scrolled to the last ones; undefined where there are none.
   * @param {number} number
   * @param {string} query
   * @param {string | undefined} offset
   * @returns {(() => Promise<void>) | undefined}
   */
  #more(number, query, offset) {
    if (!offset) return undefined;
    return async () => {
      const answer = await this.#answer(query, offset);
      if (!answer || number !== this.#asked) return;
      const more = answer.next_offset === offset ? undefined : this.#more(number, query, answer.next_offset);
      this.pane.composer.suggestions.append(this.#suggestions(answer), more);
    };
  }

  /**
   * @param {string} query
   * @param {string} offset
   */
  #answer(query, offset) {
    const { pane } = this;
    return pane.attempt(() => server.inlineQuery(pane.user.id, pane.chat.id, query, offset));
  }

  /** @param {import("./types.js").InlineAnswer} answer */
  #suggestions(answer) {
    return answer.results.map((result) => this.#suggestion(answer.id, result));
  }

  /** @param {{text: string, start_parameter?: string}} button */
  #startButton({ text, start_parameter: payload }) {
    const { pane } = this;
    return {
      title: text,
      pick: () => {
        pane.composer.write("");
        void pane.attempt(async () => (await pane.page.openPrivate(pane.user)).presses.startWith(payload));
      },
    };
  }

  /**
   * @param {string} id
   * @param {import("./types.js").InlineResult} result
   */
  #suggestion(id, result) {
    const { pane } = this;
    const pick = () => {
      pane.composer.write("");
      void pane.attempt(() => server.chooseInline(id, result.id, pane.chat.id));
    };
    return {
      title: result.title || result.caption || result.type,
      detail: result.description,
      picture: result.thumbnail_url || result.photo_url ? server.thumbnail(id, result.id) : "",
      pick,
    };
  }
}
