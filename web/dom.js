/** Making elements. */

/**
 * @typedef {string | number | boolean | ((event: any) => void)} Attribute a function listens to
 *   the event that its name says after "on"; true is an attribute without a value, false none
 */

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, Attribute>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    setAttributes(made, attributes);
    made.append(...children);
    return made;
}

/**
 * @param {string} tag
 * @param {Record<string, Attribute>} [attributes]
 * @param {...Node} children
 * @returns {SVGElement}
 */
export function svgElement(tag, attributes = {}, ...children) {
    const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
    setAttributes(made, attributes);
    made.append(...children);
    return made;
}

/**
 * The element of the page with this id, which must be of this kind.
 * @template {HTMLElement} Kind
 * @param {string} id
 * @param {new () => Kind} kind
 * @returns {Kind}
 */
export function byId(id, kind) {
    const found = document.getElementById(id);
    if (!(found instanceof kind)) {
        throw new Error(`the page has no ${kind.name} '${id}'`);
    }
    return found;
}

/** @param {Element} made @param {Record<string, Attribute>} attributes */
function setAttributes(made, attributes) {
    for (const [name, value] of Object.entries(attributes)) {
        if (typeof value === "function") {
            made.addEventListener(name.slice(2), value);
        } else if (value !== false) {
            made.setAttribute(name, value === true ? "" : String(value));
        }
    }
}
