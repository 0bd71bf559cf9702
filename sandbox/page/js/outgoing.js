/** What a person sends from the field of a chat: texts, edits, stickers, files, and which message they answer. */
import { confirmFiles } from "./attachments.js";
import * as server from "./server.js";
import { serviceText } from "./service.js";

/** @typedef {import("./pane.js").Pane} Pane */

/**
 * What the field of this pane does.
 * @param {Pane} pane
 * @returns {import("./composer.js").Host}
 */
export function hostOf(pane) {
  const user = () => pane.user.id;
  return {
    text(text, { replyTo, edit }) {
      const content = { user: user(), text, reply_to: replyTo?.message_id };
      void pane.attempt(() => (edit ? server.edit(edit, user(), text) : server.send(pane.chat.id, content)));
    },
    sticker: (emoji) => void pane.attempt(() => server.send(pane.chat.id, { user: user(), sticker: emoji })),
    files: (files) => offerFiles(pane, files),
    key: (button) => pane.presses.replyKey(button),
    inline: (query) => void pane.inline.ask(query),
    start: () => void pane.attempt(() => server.start(user())),
    step: (step) => stepReply(pane, step),
    lastOwn: () => pane.transcript.messages.findLast((message) => message.from?.id === user() && message.text),
  };
}

/**
 * Shows the files before they go.
 * @param {Pane} pane
 * @param {File[]} files
 */
export function offerFiles(pane, files) {
  const replyTo = pane.composer.replyTo?.message_id;
  pane.composer.forget();
  confirmFiles(pane.overlay, files, (file, kind, caption) =>
    pane.attempt(() => server.upload(pane.chat.id, pane.user.id, kind, file, { caption, replyTo })),
  );
}

/**
 * Moves the reply to the message before or after; beyond the newest there is none.
 * @param {Pane} pane
 * @param {number} step
 */
function stepReply({ composer, transcript }, step) {
  const messages = transcript.messages.filter((message) => serviceText(message, transcript.reader) === null);
  const current = composer.replyTo?.message_id;
  const index = current === undefined ? messages.length : messages.findIndex(({ message_id: id }) => id === current);
  const target = messages[Math.max(0, index + step)];
  if (target) composer.about("reply", target);
  else composer.forget();
}
