/** What one can do with a message: answer, copy, forward, edit or delete it. */
import * as server from "./server.js";

/**
 * @param {import("./pane.js").Pane} pane
 * @param {import("./types.js").Message} message
 */
export function messageMenu(pane, message) {
  const text = message.text ?? message.caption;
  const own = message.from?.id === pane.user.id;
  const removable = own || pane.chat.type === "private";
  const choices = [{ label: "Reply", run: () => pane.composer.about("reply", message) }];
  if (text) choices.push({ label: "Copy text", run: () => void pane.presses.copy(text) });
  choices.push({ label: "Forward", run: () => void pane.presses.forward(message) });
  if (own && text) choices.push({ label: "Edit", run: () => pane.composer.about("edit", message) });
  const remove = () => void pane.attempt(() => server.remove(message, pane.user.id));
  pane.overlay.choose("Message", removable ? [...choices, { label: "Delete", danger: true, run: remove }] : choices);
}
