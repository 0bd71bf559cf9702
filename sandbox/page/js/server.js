/** The sandbox's HTTP interface for the person's side, one function a call (docs/sandbox.md). */

/** @typedef {import("./types.js").Chat} Chat */
/** @typedef {import("./types.js").Message} Message */
/** @typedef {import("./types.js").User} User */

/** The sandbox refused a request; the message is its own sentence. */
export class Refused extends Error {
  /**
   * @param {number} status
   * @param {string} sentence
   */
  constructor(status, sentence) {
    super(sentence);
    this.status = status;
  }
}

/** The sandbox could not be reached. */
export class Unreachable extends Error {
  constructor() {
    super("The sandbox does not answer. It is tried again by itself.");
  }
}

/**
 * @param {string} method
 * @param {string} path
 * @param {unknown} [body] JSON, or a FormData as it is
 * @returns {Promise<any>}
 */
async function call(method, path, body) {
  const form = body instanceof FormData;
  const response = await fetch(`/sandbox/${path}`, {
    method,
    headers: body === undefined || form ? {} : { "Content-Type": "application/json" },
    body: body === undefined ? undefined : form ? body : JSON.stringify(body),
  }).catch(() => {
    throw new Unreachable();
  });
  const answer = await response.json().catch(() => null);
  if (answer === null) throw response.ok ? new Unreachable() : new Refused(response.status, response.statusText);
  if (!response.ok) throw new Refused(response.status, answer.error ?? response.statusText);
  return answer;
}

/** @returns {Promise<import("./types.js").Info>} */
export const info = () => call("GET", "info");

/** @returns {Promise<User[]>} */
export const users = async () => (await call("GET", "users")).users;

/**
 * Creates the user, or updates the one with that id.
 * @param {{id?: number, first_name: string, language_code?: string}} user
 * @returns {Promise<User>}
 */
export const putUser = (user) => call("POST", "users", user);

/** @returns {Promise<Chat[]>} */
export const chats = async () => (await call("GET", "chats")).chats;

/**
 * @param {number} user
 * @returns {Promise<Chat[]>}
 */
export const chatsOf = async (user) => (await call("GET", `users/${user}/chats`)).chats;

/**
 * @param {number} chat
 * @param {number} user
 * @returns {Promise<Chat>}
 */
export const chat = (chat, user) => call("GET", `chats/${chat}?user=${user}`);

/**
 * @param {string} title
 * @param {number} creator
 * @param {(number | "bot")[]} members
 * @returns {Promise<Chat>}
 */
export const createGroup = (title, creator, members) => call("POST", "chats", { title, creator, members });

/**
 * A page of the transcript, oldest first.
 * @param {number} chat
 * @param {number} user
 * @param {{before?: number, limit?: number}} [options]
 * @returns {Promise<{messages: Message[], more: boolean, last_event: number}>}
 */
export const messages = (chat, user, { before, limit = 100 } = {}) =>
  call("GET", `chats/${chat}/messages?user=${user}&limit=${limit}${before ? `&before=${before}` : ""}`);

/**
 * Sends a text, sticker, place or contact.
 * @param {number} chat
 * @param {Record<string, unknown> & {user: number}} content
 * @returns {Promise<Message>}
 */
export const send = (chat, content) => call("POST", `chats/${chat}/messages`, content);

/**
 * @param {number} chat
 * @param {number} user
 * @param {"photo" | "document"} kind
 * @param {File} file
 * @param {{caption?: string, replyTo?: number}} [options]
 * @returns {Promise<Message>}
 */
export function upload(chat, user, kind, file, { caption, replyTo } = {}) {
  const form = new FormData();
  form.set("user", String(user));
  if (caption) form.set("caption", caption);
  if (replyTo) form.set("reply_to", String(replyTo));
  form.set(kind, file, file.name || "picture.png");
  return call("POST", `chats/${chat}/messages`, form);
}

/**
 * @param {Message} message
 * @param {number} user
 * @param {string} text
 * @returns {Promise<Message>}
 */
export const edit = (message, user, text) => call("POST", `${path(message)}/edit`, { user, text });

/**
 * @param {Message} message
 * @param {number} user
 */
export const remove = (message, user) => call("DELETE", `${path(message)}?user=${user}`);

/**
 * @param {Message} message
 * @param {number} user
 * @param {number} to
 * @returns {Promise<Message>}
 */
export const forward = (message, user, to) => call("POST", `${path(message)}/forward`, { user, to });

/**
 * @param {Message} message
 * @param {number} user
 * @param {number} row
 * @param {number} column
 * @returns {Promise<import("./types.js").TapResult>}
 */
export const tap = (message, user, row, column) => call("POST", `${path(message)}/tap`, { user, row, column });

/**
 * @param {Message} message
 * @param {{user: number, outcome: "paid" | "declined", bank_delay?: number, tip?: number,
 *   order_info?: Record<string, unknown>}} payment
 * @returns {Promise<import("./types.js").Payment>}
 */
export const pay = (message, payment) => call("POST", `${path(message)}/pay`, payment);

/**
 * A payment once it has reached a final state, or after `wait` seconds as it is.
 * @param {string} id
 * @param {number} wait
 * @returns {Promise<import("./types.js").Payment>}
 */
export const payment = (id, wait) => call("GET", `payments/${id}?wait=${wait}`);

/**
 * @param {number} user
 * @param {{payload?: string, chat?: number}} [options]
 * @returns {Promise<Message>}
 */
export const start = (user, options = {}) => call("POST", `users/${user}/start`, options);

/**
 * @param {number} user
 * @param {boolean} blocked
 */
export const setBlocked = (user, blocked) => call("POST", `users/${user}/${blocked ? "block" : "unblock"}`, {});

/**
 * @param {number} user
 * @param {number} chat
 * @param {string} query
 * @param {string} offset
 * @returns {Promise<import("./types.js").InlineAnswer>}
 */
export const inlineQuery = (user, chat, query, offset) =>
  call("POST", "inline", { user, chat, query, offset, wait: 10 });

/**
 * Where the picture beside a result is.
 * @param {string} id
 * @param {string} result
 */
export const thumbnail = (id, result) => `/sandbox/inline/${id}/thumbnail?result_id=${encodeURIComponent(result)}`;

/**
 * @param {string} id
 * @param {string} result
 * @param {number} chat
 * @returns {Promise<Message>}
 */
export const chooseInline = (id, result, chat) => call("POST", `inline/${id}/choose`, { result_id: result, chat });

/** @returns {Promise<import("./types.js").Mail[]>} */
export const mails = async () => (await call("GET", "mail")).mails;

/** Empties the mailbox. */
export const clearMails = () => call("DELETE", "mail");

/** @param {Message} message */
const path = (message) => `chats/${message.chat.id}/messages/${message.message_id}`;
