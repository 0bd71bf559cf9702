/** Service messages: what happened in the chat, in a sentence. */
import { money } from "./money.js";
import { fullName } from "./people.js";

/** @typedef {import("./types.js").Message} Message */

/**
 * The sentence, or null for an ordinary message.
 * @param {Message} message
 * @param {{viewer: number, language: string}} reader
 * @returns {string | null}
 */
export function serviceText(message, { viewer, language }) {
  const who = !message.from ? "Someone" : message.from.id === viewer ? "You" : fullName(message.from);
  if (message.new_chat_members?.length) {
    const alone = message.new_chat_members.length === 1 && message.new_chat_members[0].id === message.from?.id;
    const names = message.new_chat_members.map((user) => (user.id === viewer ? "you" : fullName(user)));
    return alone ? `${who} joined the group` : `${who} added ${names.join(", ")}`;
  }
  if (message.left_chat_member) {
    const left = message.left_chat_member;
    return left.id === message.from?.id
      ? `${who} left the group`
      : `${who} removed ${left.id === viewer ? "you" : fullName(left)}`;
  }
  if (message.new_chat_title) return `${who} changed the group's name to “${message.new_chat_title}”`;
  if (message.group_chat_created || message.supergroup_chat_created) return `${who} created the group`;
  if (message.migrate_to_chat_id) return "This group was upgraded to a supergroup";
  if (message.migrate_from_chat_id) return "This supergroup continues an earlier group";
  if (message.pinned_message) return `${who} pinned ${pinned(message.pinned_message)}`;
  if (message.successful_payment) {
    const { total_amount: total, currency } = message.successful_payment;
    return `${who === "You" ? "You have" : `${who} has`} paid ${money(total, currency, language)}`;
  }
  if (message.refunded_payment) {
    const { total_amount: total, currency } = message.refunded_payment;
    return `${money(total, currency, language)} refunded`;
  }
  return null;
}

/** @param {Message} message */
function pinned(message) {
  const text = message.text ?? message.caption;
  if (!text) return "a message";
  return `“${text.length > 40 ? `${text.slice(0, 39)}…` : text}”`;
}
