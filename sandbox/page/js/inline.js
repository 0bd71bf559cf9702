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
    const { pane } = this;
    const answer = await pane.attempt(() => server.inlineQuery(pane.user.id, pane.chat.id, query, ""));
    if (!answer || number !== this.#asked) return;
    const button = answer.button?.start_parameter === undefined ? [] : [this.#startButton(answer.button)];
    pane.composer.suggestions.show([...button, ...answer.results.map((result) => this.#suggestion(answer.id, result))]);
  }

  /** @param {{text: string, start_parameter?: string}} button */
  #startButton({ text, start_parameter: payload }) {
    const { pane } = this;
    return {
      title: text,
      pick: () => void pane.attempt(async () => (await pane.page.openPrivate(pane.user)).presses.startWith(payload)),
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
      picture: result.thumbnail_url ?? result.photo_url ?? "",
      pick,
    };
  }
}
