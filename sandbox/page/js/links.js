/** Deep links to the bot: https://t.me/<bot>?start=… and tg://resolve?domain=<bot>&start=… */

/**
 * A page of the sandbox's own, such as the card gateway's, may close itself and so lead back; others learn nothing of this one.
 * @param {string} address
 */
export function relationOf(address) {
  const own = URL.canParse(address) && new URL(address).origin === location.origin;
  return own ? "opener" : "noopener noreferrer";
}

/**
 * @param {string} address
 * @param {string} [username] of the bot
 * @returns {{payload: string, group?: string} | null} null for any other link
 */
export function botLink(address, username) {
  if (!username || !URL.canParse(address)) return null;
  const url = new URL(address);
  const web = ["t.me", "telegram.me"].includes(url.host) ? url.pathname.replace(/^\/|\/$/g, "") : null;
  const name = url.protocol === "tg:" && /resolve/.test(url.href) ? url.searchParams.get("domain") : web;
  if (name?.toLowerCase() !== username.toLowerCase()) return null;
  const group = url.searchParams.get("startgroup");
  return { payload: url.searchParams.get("start") ?? "", ...(group === null ? {} : { group }) };
}
