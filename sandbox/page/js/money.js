/** Amounts as the Bot API gives them: an integer of the currency's smallest units. */

/** Telegram Stars have no smaller unit and no ISO code. */
const STARS = "XTR";

/**
 * How many of a currency's digits stand after the decimal point (2 for EUR, 0 for JPY, 3 for KWD).
 * @param {string} currency
 */
export function exponent(currency) {
  if (currency === STARS) return 0;
  return formatter("en", currency).resolvedOptions().maximumFractionDigits ?? 2;
}

/**
 * @param {number} amount smallest units of the currency
 * @param {string} currency ISO 4217 code, or XTR
 * @param {string} language BCP 47 tag of the reader
 */
export function money(amount, currency, language) {
  if (currency === STARS) return `${new Intl.NumberFormat(language).format(amount)} ⭐`;
  return formatter(language, currency).format(amount / 10 ** exponent(currency));
}

/**
 * @param {string} language
 * @param {string} currency
 */
function formatter(language, currency) {
  try {
    return new Intl.NumberFormat(language, { style: "currency", currency });
  } catch (problem) {
    if (!(problem instanceof RangeError)) throw problem;
    return new Intl.NumberFormat("en", { style: "currency", currency });
  }
}
