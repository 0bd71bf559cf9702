/** Times of the chat in the reader's language. The Bot API's dates are seconds since 1970. */

/**
 * @param {string} language
 * @param {Intl.DateTimeFormatOptions} options
 */
function formatter(language, options) {
  try {
    return new Intl.DateTimeFormat(language, options);
  } catch (problem) {
    if (!(problem instanceof RangeError)) throw problem;
    return new Intl.DateTimeFormat("en", options);
  }
}

/**
 * The time of day, as under a message: 17:42.
 * @param {number} seconds
 */
export function clock(seconds) {
  return formatter("en-GB", { hour: "2-digit", minute: "2-digit" }).format(seconds * 1000);
}

/**
 * The whole date and time, for a tooltip.
 * @param {number} seconds
 * @param {string} language
 */
export function moment(seconds, language) {
  return formatter(language, { dateStyle: "full", timeStyle: "medium" }).format(seconds * 1000);
}

/**
 * A key that is the same for all moments of one local day.
 * @param {number} seconds
 */
export function dayKey(seconds) {
  const date = new Date(seconds * 1000);
  return `${date.getFullYear()}-${date.getMonth()}-${date.getDate()}`;
}

/**
 * The day as a separator names it: Today, Yesterday, 3 May, 3 May 2024.
 * @param {number} seconds
 * @param {string} language
 * @param {Date} [now]
 */
export function dayName(seconds, language, now = new Date()) {
  const date = new Date(seconds * 1000);
  const midnight = (/** @type {Date} */ day) => new Date(day.getFullYear(), day.getMonth(), day.getDate());
  const daysAgo = Math.round((midnight(now).getTime() - midnight(date).getTime()) / 86_400_000);
  if (daysAgo === 0 || daysAgo === 1) {
    const word = new Intl.RelativeTimeFormat("en", { numeric: "auto" }).format(-daysAgo, "day");
    return word.charAt(0).toUpperCase() + word.slice(1);
  }
  const year = date.getFullYear() === now.getFullYear() ? undefined : "numeric";
  return formatter(language, { day: "numeric", month: "long", year }).format(date);
}
