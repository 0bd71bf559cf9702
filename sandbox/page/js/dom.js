/**
 * Making and updating elements. Text only ever becomes a text node, so nothing that a person or the bot
 * writes can become markup.
 */

/** @typedef {Node | string | number | null | undefined | false} Child */

/**
 * Makes an element. Attributes that are null, undefined or false are left out, true is the empty attribute
 * (ARIA's states are words: "true" and "false"); one whose name begins with "on" takes a listener.
 * @param {string} tag
 * @param {Record<string, unknown>} [attributes]
 * @param {...(Child | Child[])} children
 * @returns {HTMLElement}
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    const state = name.startsWith("aria-") && typeof value === "boolean";
    if (!state && (value === null || value === undefined || value === false)) continue;
    if (name.startsWith("on") && typeof value === "function") {
      element.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    } else {
      element.setAttribute(name, value === true && !state ? "" : String(value));
    }
  }
  element.append(...nodes(children));
  return element;
}

/**
 * @param {(Child | Child[])[]} children
 * @returns {(Node | string)[]}
 */
function nodes(children) {
  return children
    .flat()
    .filter((child) => child !== null && child !== undefined && child !== false)
    .map((child) => (child instanceof Node ? child : String(child)));
}

/**
 * @param {Element} parent
 * @param {string} selector
 * @returns {HTMLElement}
 */
export function find(parent, selector) {
  const element = parent.querySelector(selector);
  if (!(element instanceof HTMLElement)) throw new Error(`The page has no ${selector}`);
  return element;
}

/**
 * Makes `current` look like `wanted` while keeping the nodes that stay: focus, selection, loaded pictures and
 * the scroll position survive an edit, and nothing flickers. Listeners are not carried over, so what is
 * updated this way is listened to from above.
 * @param {Element} current
 * @param {Element} wanted
 */
export function become(current, wanted) {
  for (const { name } of [...current.attributes]) {
    if (!wanted.hasAttribute(name)) current.removeAttribute(name);
  }
  for (const { name, value } of wanted.attributes) {
    if (current.getAttribute(name) !== value) current.setAttribute(name, value);
  }
  const targets = [...wanted.childNodes];
  targets.forEach((target, index) => {
    const present = current.childNodes[index];
    if (!present) {
      current.append(target);
    } else if (!alike(present, target)) {
      present.replaceWith(target);
    } else if (present instanceof Element) {
      become(present, /** @type {Element} */ (target));
    } else if (present.nodeValue !== target.nodeValue) {
      present.nodeValue = target.nodeValue;
    }
  });
  while (current.childNodes.length > targets.length) current.lastChild?.remove();
}

/**
 * @param {Node} one
 * @param {Node} other
 */
function alike(one, other) {
  if (one.nodeType !== other.nodeType || one.nodeName !== other.nodeName) return false;
  if (!(one instanceof HTMLElement) || !(other instanceof HTMLElement)) return true;
  return one.dataset.part === other.dataset.part;
}

/** Whether the person asked their system for less movement. */
export function wantsLessMotion() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
