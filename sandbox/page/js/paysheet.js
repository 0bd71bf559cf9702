/** The Pay sheet of an invoice: what is paid for, with which card, and what became of it. */
import { moment } from "./dates.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { money } from "./money.js";
import * as server from "./server.js";

/** @typedef {import("./types.js").Message} Message */
/** @typedef {import("./types.js").Payment} Payment */

/** What the test cards do; the last waits as long as a slow bank does, in seconds. */
const CARDS = [
  { name: "Test card 4242", detail: "pays", outcome: /** @type {const} */ ("paid") },
  { name: "Test card 0002", detail: "the bank declines", outcome: /** @type {const} */ ("declined") },
  {
    name: "Test card 3155",
    detail: "pays, the bank takes 6 seconds",
    outcome: /** @type {const} */ ("paid"),
    delay: 6,
  },
];

const FINAL = new Set(["paid", "refused", "expired", "declined"]);

/** How long one question for the payment's state may stay open, in seconds. */
const PATIENCE = 20;

/**
 * @param {import("./overlay.js").Overlay} overlay
 * @param {Message} message an invoice
 * @param {number} user
 * @param {string} language
 */
export function openPaySheet(overlay, message, user, language) {
  const invoice = /** @type {import("./types.js").Invoice} */ (message.invoice);
  const total = money(invoice.total_amount, invoice.currency, language);
  const details = message.invoice_details;
  const note = el("p", { class: "pay-note", role: "status", "aria-live": "assertive", hidden: true });
  const cards = CARDS.map((card, index) => cardChoice(card, index));
  const payButton = /** @type {HTMLButtonElement} */ (
    el("button", { type: "submit", class: "filled wide" }, `Pay ${total}`)
  );
  const closeButton = el(
    "button",
    { type: "button", class: "round", "aria-label": "Close", onclick: () => overlay.close() },
    icon("close"),
  );
  const sheet = el(
    "form",
    { class: "dialog sheet", role: "dialog", "aria-modal": "true", "aria-label": "Checkout" },
    el("div", { class: "sheet-head" }, el("h2", {}, "Checkout"), closeButton),
    el(
      "div",
      { class: "pay-product" },
      details?.photo_url ? el("img", { src: details.photo_url, alt: "" }) : null,
      el("div", {}, el("b", { dir: "auto" }, invoice.title), el("p", { dir: "auto" }, invoice.description)),
    ),
    el(
      "dl",
      { class: "prices" },
      (details?.prices ?? []).map(({ label, amount }) => priceLine(label, money(amount, invoice.currency, language))),
      priceLine("Total", total, "total"),
    ),
    el("fieldset", { class: "cards" }, el("legend", {}, "Payment method"), cards),
    note,
    payButton,
  );

  /** @param {string} sentence */
  const say = (sentence) => {
    note.textContent = sentence;
    note.hidden = !sentence;
  };

  sheet.addEventListener("submit", async (event) => {
    event.preventDefault();
    const chosen = CARDS[Number(new FormData(/** @type {HTMLFormElement} */ (sheet)).get("card") ?? 0)];
    payButton.disabled = true;
    payButton.textContent = "Paying…";
    sheet.classList.add("paying");
    say("");
    const result = await settle(message, user, chosen).catch((problem) => ({
      state: "failed",
      error_message: String(problem.message ?? problem),
    }));
    sheet.classList.remove("paying");
    payButton.disabled = false;
    payButton.textContent = `Pay ${total}`;
    if (result.state === "paid") {
      if (sheet.isConnected) overlay.close();
      overlay.toast(`You have paid ${total} for ${invoice.title}.`);
      return;
    }
    const sentence = sentenceFor(result);
    if (sheet.isConnected) {
      say(sentence);
      payButton.focus();
    } else {
      overlay.toast(sentence);
    }
  });
  overlay.show(sheet, payButton);
}

/**
 * What was paid for, and when, in a few lines.
 * @param {Message} message a paid invoice
 * @param {number} at
 * @param {string} language
 */
export function receipt(message, at, language) {
  const { title, currency, total_amount: total } = /** @type {import("./types.js").Invoice} */ (message.invoice);
  const lines = (message.invoice_details?.prices ?? []).map(
    ({ label, amount }) => `${label}: ${money(amount, currency, language)}`,
  );
  return [title, ...lines, `Total: ${money(total, currency, language)}`, `Paid on ${moment(at, language)}`].join("\n");
}

/**
 * Presses Pay and waits for the end.
 * @param {Message} message
 * @param {number} user
 * @param {(typeof CARDS)[number]} card
 * @returns {Promise<Payment>}
 */
async function settle(message, user, { outcome, delay }) {
  let payment = await server.pay(message, { user, outcome, ...(delay ? { bank_delay: delay } : {}) });
  while (!FINAL.has(payment.state)) payment = await server.payment(payment.id, PATIENCE);
  return payment;
}

/** @param {{state: string, error_message: string | null}} payment */
function sentenceFor({ state, error_message: words }) {
  if (state === "declined") return "Your card was declined by the bank. Nothing was taken.";
  if (state === "expired") return "The shop did not answer in time. Nothing was taken.";
  return words ?? "The payment did not go through. Nothing was taken.";
}

/**
 * @param {(typeof CARDS)[number]} card
 * @param {number} index
 */
function cardChoice({ name, detail }, index) {
  const choice = el("input", { type: "radio", name: "card", value: index, checked: index === 0 });
  return el(
    "label",
    { class: "card" },
    choice,
    icon("card"),
    el("span", {}, el("b", {}, name), el("small", {}, detail)),
  );
}

/**
 * @param {string} label
 * @param {string} amount
 * @param {string} [className]
 */
function priceLine(label, amount, className = "") {
  return el("div", { class: className }, el("dt", { dir: "auto" }, label), el("dd", {}, amount));
}
