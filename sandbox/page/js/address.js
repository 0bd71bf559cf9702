/**
 * Which chats the page shows is in its address, so that a view can be kept, shared and opened in two windows:
 *
 *     /                              Ann's chat and the staff's group
 *     /?user=Ben&lang=de             Ben's chat alone, in German
 *     /?pane=staff                   the staff's group alone
 *     /?panes=Ann,Ben:de,staff:Mia   any number; after the colon a language, or which member of the staff one is
 */

/** @typedef {{kind: "customer", name: string, language?: string}} CustomerPlace */
/** @typedef {{kind: "staff", name: string}} StaffPlace */
/** @typedef {CustomerPlace | StaffPlace} Place */

export const DEFAULT_CUSTOMER = "Ann";
export const STAFF = ["Tom", "Mia"];

/**
 * @param {string} search the address's query, with or without its question mark
 * @returns {Place[]}
 */
export function placesIn(search) {
  const query = new URLSearchParams(search);
  const language = query.get("lang") ?? undefined;
  const named = [query.get("panes"), query.get("pane"), query.get("user")].find((value) => value?.trim());
  const words = (named ?? `${DEFAULT_CUSTOMER},staff`).split(",").map((word) => word.trim());
  const places = words.filter(Boolean).map((word) => placeOf(word, language));
  return places.filter((place, index) => places.findIndex((other) => same(other, place)) === index);
}

/**
 * @param {string} word
 * @param {string | undefined} language
 * @returns {Place}
 */
function placeOf(word, language) {
  const [name, detail] = word.split(":", 2).map((part) => part.trim());
  if (name.toLowerCase() === "staff") return { kind: "staff", name: detail || STAFF[0] };
  return { kind: "customer", name, language: detail || language };
}

/**
 * The query that `placesIn` reads back to the same places; names hold neither commas nor colons.
 * @param {Place[]} places
 */
export function addressOf(places) {
  const words = places.map((place) => {
    if (place.kind === "staff") return place.name === STAFF[0] ? "staff" : `staff:${place.name}`;
    return place.language ? `${place.name}:${place.language}` : place.name;
  });
  return `?panes=${words.map((word) => encodeURIComponent(word).replaceAll("%3A", ":")).join(",")}`;
}

/**
 * Whether both show the same chat: there is one staff group, and a customer has one chat.
 * @param {Place} one
 * @param {Place} other
 */
export function same(one, other) {
  if (one.kind === "staff" || other.kind === "staff") return one.kind === other.kind;
  return one.name.toLowerCase() === other.name.toLowerCase();
}
