/** Photos and files on their way into a chat: chosen, pasted or dropped, looked at, and sent with a caption. */
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { bytes } from "./media.js";

/** Picture types that Telegram takes as a photo. */
const PICTURES = ["image/jpeg", "image/png", "image/webp"];

/**
 * The files in what is pasted or dropped; none where there is text, since office programs add a picture of it.
 * @param {DataTransfer | null} data
 * @returns {File[]}
 */
export function filesIn(data) {
  return data && !data.types.includes("text/plain") ? [...data.files] : [];
}

/**
 * Opens the system's file chooser.
 * @param {(files: File[]) => void} chosen
 */
export function pickFiles(chosen) {
  const input = /** @type {HTMLInputElement} */ (
    el("input", { type: "file", multiple: true, hidden: true, "aria-label": "Files to send" })
  );
  input.addEventListener("change", () => {
    if (input.files?.length) chosen([...input.files]);
    input.remove();
  });
  input.addEventListener("cancel", () => input.remove());
  document.body.append(input);
  input.click();
}

/**
 * Takes files that are dropped on the element, and shows while they hover that it would.
 * @param {HTMLElement} element
 * @param {(files: File[]) => void} dropped
 */
export function acceptDrops(element, dropped) {
  element.addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    element.classList.add("dropping");
  });
  element.addEventListener("dragleave", (event) => {
    if (!element.contains(/** @type {Node | null} */ (event.relatedTarget))) element.classList.remove("dropping");
  });
  element.addEventListener("drop", (event) => {
    element.classList.remove("dropping");
    const files = filesIn(event.dataTransfer);
    if (!files.length) return;
    event.preventDefault();
    dropped(files);
  });
}

/**
 * Shows the files before they are sent: with a caption, and pictures as photos or as files.
 * @param {import("./overlay.js").Overlay} overlay
 * @param {File[]} files
 * @param {(file: File, kind: "photo" | "document", caption: string) => Promise<unknown>} send
 */
export function confirmFiles(overlay, files, send) {
  const pictures = files.every((file) => PICTURES.includes(file.type));
  const caption = /** @type {HTMLInputElement} */ (
    el("input", { class: "line", placeholder: "Caption", "aria-label": "Caption", maxlength: 1024, dir: "auto" })
  );
  const asFile = /** @type {HTMLInputElement} */ (el("input", { type: "checkbox" }));
  const addresses = files.map((file) => (PICTURES.includes(file.type) ? URL.createObjectURL(file) : null));
  const title = files.length > 1 ? `Send ${files.length} files` : pictures ? "Send photo" : "Send file";
  const form = el(
    "form",
    { class: "dialog sending", role: "dialog", "aria-modal": "true", "aria-label": title },
    el("h2", {}, title),
    el(
      "div",
      { class: "previews" },
      files.map((file, index) => preview(file, addresses[index])),
    ),
    pictures ? el("label", { class: "check" }, asFile, "Send without compression, as a file") : null,
    caption,
    el(
      "div",
      { class: "dialog-actions" },
      el("button", { type: "button", class: "plain", onclick: () => overlay.close() }, "Cancel"),
      el("button", { type: "submit", class: "filled" }, "Send"),
    ),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    overlay.close();
    const photos = pictures && !asFile.checked;
    // One after the other, so that they arrive in the order in which they were chosen.
    files.reduce(
      (sent, file, index) =>
        sent.then(() => send(file, photos ? "photo" : "document", index === 0 ? caption.value.trim() : "")),
      /** @type {Promise<unknown>} */ (Promise.resolve()),
    );
  });
  overlay.show(form, caption, () => addresses.forEach((address) => address && URL.revokeObjectURL(address)));
}

/**
 * @param {File} file
 * @param {string | null} address
 */
function preview(file, address) {
  if (address) return el("img", { class: "preview", src: address, alt: file.name });
  return el(
    "div",
    { class: "file" },
    el("span", { class: "file-icon" }, icon("document")),
    el(
      "span",
      { class: "file-text" },
      el("span", { class: "file-name" }, file.name),
      el("span", { class: "file-size" }, bytes(file.size)),
    ),
  );
}
