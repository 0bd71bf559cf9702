/** The languages that the page offers for a person; any other can be named in the address. */

export const LANGUAGES = ["en", "de", "fr", "es", "it", "pl", "ru", "ar", "ja"];

/**
 * A language in its own words: Deutsch.
 * @param {string} code
 */
export function languageName(code) {
  try {
    const name = new Intl.DisplayNames([code], { type: "language" }).of(code) ?? code;
    return name.charAt(0).toLocaleUpperCase(code) + name.slice(1);
  } catch (problem) {
    if (!(problem instanceof RangeError)) throw problem;
    return code;
  }
}
