/** The small form of the top bar that opens one more customer's chat. */
import { el } from "./dom.js";
import { LANGUAGES, languageName } from "./languages.js";

export class AddCustomer {
  /**
   * @param {HTMLElement} opener
   * @param {(name: string, language: string) => void} open
   */
  constructor(opener, open) {
    const name = /** @type {HTMLInputElement} */ (
      el("input", {
        class: "line",
        name: "name",
        required: true,
        maxlength: 40,
        pattern: "[^,:]+",
        title: "A first name, without commas and colons",
        placeholder: "First name",
        "aria-label": "First name",
        autocomplete: "off",
      })
    );
    const language = /** @type {HTMLSelectElement} */ (
      el(
        "select",
        { class: "line", name: "language", "aria-label": "Language" },
        LANGUAGES.map((code) => el("option", { value: code }, languageName(code))),
      )
    );
    const dialog = /** @type {HTMLDialogElement} */ (
      el("dialog", { class: "dialog add-customer", "aria-label": "Add a customer" })
    );
    const form = el(
      "form",
      { method: "dialog" },
      el("h2", {}, "Add a customer"),
      el("p", {}, "A person with a chat of their own. A name that is known already opens that person's chat."),
      name,
      language,
      el(
        "div",
        { class: "dialog-actions" },
        el("button", { type: "button", class: "plain", onclick: () => dialog.close() }, "Cancel"),
        el("button", { type: "submit", class: "filled" }, "Open chat"),
      ),
    );
    form.addEventListener("submit", () => {
      const given = name.value.trim();
      if (given) open(given, language.value);
      name.value = "";
    });
    dialog.append(form);
    document.body.append(dialog);
    opener.addEventListener("click", () => dialog.showModal());
  }
}
