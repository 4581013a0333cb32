/**
 * What is accepted as evidence: texts, dates, times and places, which bring no points.
 *
 * Says what rules/scoring/answer_values.py says of them in Python.
 */

import { MAX_NUMBER } from "./arithmetic.js";
import { isObject } from "./members.js";

export const MAX_TEXT_LENGTH = 10_000;
export const MAX_BARCODE_LENGTH = 500;

const DATE = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/;
const TIME = /^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$/;
// Spelled out, because `\s` and `trim` take U+FEFF and leave U+001C to U+001F and U+0085.
const WORDS = /[^\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

/**
 * @param {unknown} value
 * @param {number} longest in characters: code points, not the units of UTF-16
 * @returns {boolean}
 */
export function isText(value, longest) {
  return typeof value === "string" && isNoLongerThan(value, longest) && hasWords(value);
}

/**
 * @param {string} text
 * @param {number} longest
 * @returns {boolean} whether it has at most so many characters (code points)
 */
export function isNoLongerThan(text, longest) {
  return text.length <= longest || [...text].length <= longest;
}

/**
 * @param {string} text
 * @returns {boolean} whether it holds anything but white space
 */
export function hasWords(text) {
  return WORDS.test(text);
}

/**
 * @param {unknown} value
 * @returns {boolean}
 */
export function isDate(value) {
  const [, year, month, day] = (typeof value === "string" && DATE.exec(value)) || [];
  return (
    Number(year) > 0 &&
    Number(month) >= 1 &&
    Number(month) <= 12 &&
    Number(day) >= 1 &&
    Number(day) <= daysIn(Number(year), Number(month))
  );
}

/**
 * @param {number} year
 * @param {number} month
 * @returns {number}
 */
function daysIn(year, month) {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/**
 * @param {unknown} value
 * @returns {boolean}
 */
export function isTime(value) {
  return typeof value === "string" && TIME.test(value);
}

/**
 * Degrees north and east (WGS 84), and optionally the accuracy in metres.
 *
 * @param {unknown} value
 * @returns {boolean}
 */
export function isPlace(value) {
  if (!isObject(value)) {
    return false;
  }
  const { latitude, longitude, accuracy, ...rest } = value;
  return (
    Object.keys(rest).length === 0 &&
    isWithin(latitude, -90, 90) &&
    isWithin(longitude, -180, 180) &&
    (!("accuracy" in value) || isWithin(accuracy, 0, MAX_NUMBER))
  );
}

/**
 * @param {unknown} value
 * @param {number} low
 * @param {number} high
 * @returns {boolean}
 */
function isWithin(value, low, high) {
  return typeof value === "number" && value >= low && value <= high;
}
