/**
 * Members of objects that came from elsewhere, whatever they are called: only an object's own
 * count, so that an answer named `constructor` or `__proto__` is an unknown name and no more.
 */

/**
 * @param {unknown} value
 * @returns {value is Record<string, unknown>} whether it is what JSON calls an object
 */
export function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * @param {unknown} object
 * @param {string} key
 * @returns {boolean} whether it is an object with a member of that name
 */
export function has(object, key) {
  return isObject(object) && Object.prototype.hasOwnProperty.call(object, key);
}

/**
 * The names in an object that are not known, code point by code point: an engine puts `7` before
 * `a` whatever came first, so that no other order is the same everywhere.
 *
 * @param {object} object
 * @param {(name: string) => boolean} known
 * @returns {string[]}
 */
export function unknownNames(object, known) {
  return Object.keys(object)
    .filter((name) => !known(name))
    .sort(byCodePoints);
}

/**
 * @param {string} one
 * @param {string} other
 * @returns {number}
 */
function byCodePoints(one, other) {
  const [left, right] = [[...one], [...other]];
  const place = left.findIndex((character, index) => character !== right[index]);
  if (place < 0 || place >= right.length) {
    return left.length - right.length;
  }
  return (left[place].codePointAt(0) ?? 0) - (right[place].codePointAt(0) ?? 0);
}

/**
 * One token of a JSON pointer (RFC 6901).
 *
 * @param {string} token
 * @returns {string}
 */
export function escaped(token) {
  return token.replace(/~/g, "~0").replace(/\//g, "~1");
}
