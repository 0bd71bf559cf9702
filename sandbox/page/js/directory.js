/**
 * Who lives in the sandbox: the page's people by their names, and the staff's group. What is missing is made,
 * one request at a time, so that two panes never make the same person twice.
 */
import { STAFF } from "./address.js";
import * as server from "./server.js";

/** @typedef {import("./types.js").User} User */
/** @typedef {import("./types.js").Chat} Chat */

const GROUP_TITLE = "Staff";

/** @type {Promise<unknown>} */
let queue = Promise.resolve();

/**
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
function inTurn(work) {
  const result = queue.then(work, work);
  queue = result.catch(() => undefined);
  return result;
}

/**
 * The customer of that name, with the language asked for.
 * @param {string} name
 * @param {string} [language]
 * @returns {Promise<User>}
 */
export function customer(name, language) {
  return inTurn(async () => {
    const known = await named(name);
    if (known && (!language || known.language_code === language)) return known;
    return server.putUser({
      ...(known ? { id: known.id } : {}),
      first_name: known?.first_name ?? name,
      language_code: language ?? "en",
    });
  });
}

/**
 * The staff's group, and which of its members one is: the one of that name, else the first person in it.
 * @param {string} name
 * @returns {Promise<{group: Chat, member: User}>}
 */
export function staff(name) {
  return inTurn(async () => {
    const asker = (await named(name)) ?? (await server.putUser({ first_name: name }));
    const groups = (await server.chats()).filter((chat) => chat.type.endsWith("group") && !chat.migrated_to);
    const found = groups[0] ?? (await newGroup(asker));
    const group = await server.chat(found.id, asker.id);
    const people = peopleIn(group);
    const member = people.find((user) => user.id === asker.id) ?? people[0] ?? asker;
    return { group: member === asker ? group : await server.chat(found.id, member.id), member };
  });
}

/** @param {User} creator */
async function newGroup(creator) {
  const others = STAFF.filter((name) => !same(name, creator.first_name));
  const members = await Promise.all(
    others.map(async (name) => (await named(name)) ?? server.putUser({ first_name: name })),
  );
  return server.createGroup(GROUP_TITLE, creator.id, [...members.map((user) => user.id), "bot"]);
}

/**
 * The people who are in the group now.
 * @param {Chat} group
 */
export function peopleIn(group) {
  return (group.members ?? [])
    .filter(({ user, status }) => !user.is_bot && status !== "left" && status !== "kicked")
    .map(({ user }) => user);
}

/** @param {string} name */
async function named(name) {
  return (await server.users()).find((user) => !user.is_bot && same(user.first_name, name));
}

/**
 * @param {string} one
 * @param {string} other
 */
function same(one, other) {
  return one.toLowerCase() === other.toLowerCase();
}
