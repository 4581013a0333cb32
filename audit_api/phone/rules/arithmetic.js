/**
 * From points to percentages: exact fractions of big integers all the way, rounded once.
 *
 * Says what rules/exact.py and rules/scoring/arithmetic.py say in Python.  A ratio is a numerator
 * over a positive denominator, 1 being 100 %, never reduced.  Null stands for a score of which
 * nothing remains: never 0, never 100.
 *
 * @typedef {readonly [bigint, bigint]} Ratio
 */

/** No number that anybody enters may be further from zero than this. */
export const MAX_NUMBER = 1_000_000_000;

/** @type {Ratio} */
export const NOTHING = [0n, 1n];
/** @type {Ratio} */
export const FULL = [1n, 1n];
/** 100 % in hundredths of a percent. */
const PERCENT = 10_000n;

/** No score is farther from zero than 999.99 %. */
const MAX_SCORE = 99_999n;

/**
 * A number as whole thousandths; null where it is none, needs a fourth decimal or is out of reach.
 *
 * Up to MAX_NUMBER a decimal of three places has at most 13 digits, which a double tells apart: it
 * is the number exactly where a thousandth of the whole reads back as the same double.
 *
 * @param {unknown} value
 * @returns {number | null}
 */
export function thousandths(value) {
  if (typeof value !== "number" || !(Math.abs(value) <= MAX_NUMBER)) {
    return null;
  }
  const held = Math.round(value * 1000);
  return held / 1000 === value ? held : null;
}

/**
 * A decimal of a checklist's document, whose places are known, as a whole number of its parts.
 *
 * @param {number} value
 * @param {number} scale 1000 for points and weights, 100 for percentages
 * @returns {bigint}
 */
export function exact(value, scale = 1000) {
  return BigInt(Math.round(value * scale));
}

/**
 * A whole number for whoever reads a score: a Number as far as those are exact (2⁵³), a BigInt
 * beyond.
 *
 * @param {bigint} whole
 * @returns {number | bigint}
 */
export function plain(whole) {
  const held = Number(whole);
  return Number.isSafeInteger(held) ? held : whole;
}

/**
 * @param {Iterable<bigint>} values
 * @returns {bigint}
 */
export function sum(values) {
  let total = 0n;
  for (const value of values) {
    total += value;
  }
  return total;
}

/**
 * @param {bigint} one
 * @param {bigint} other
 * @returns {bigint}
 */
export function larger(one, other) {
  return one > other ? one : other;
}

/**
 * The nearest whole number to a fraction with a positive denominator; halves go up.
 *
 * @param {bigint} numerator
 * @param {bigint} denominator
 * @returns {bigint}
 */
export function halfUp(numerator, denominator) {
  const [top, bottom] = [2n * numerator + denominator, 2n * denominator];
  // Division of big integers goes towards zero, and rounding goes down.
  return top / bottom - (top < 0n && top % bottom !== 0n ? 1n : 0n);
}

/**
 * Earned of possible; null where nothing was possible.
 *
 * @param {bigint} earned
 * @param {bigint} possible
 * @returns {Ratio | null}
 */
export function pooled(earned, possible) {
  return possible > 0n ? [earned, possible] : null;
}

/**
 * The mean of the parts' ratios by weight.
 *
 * Parts of which nothing remains drop out and the weights left are renormalised; null where those
 * sum to 0.
 *
 * @param {Iterable<{weight: bigint, ratio: Ratio | null}>} weighing
 * @returns {Ratio | null}
 */
export function weighted(weighing) {
  let [top, bottom, weights] = [0n, 1n, 0n];
  for (const { weight, ratio } of weighing) {
    if (ratio !== null) {
      top = top * ratio[1] + weight * ratio[0] * bottom;
      bottom *= ratio[1];
      weights += weight;
    }
  }
  return weights === 0n ? null : [top, bottom * weights];
}

/**
 * A start value less the demerits found, both in thousandths of a point, floored at 0.
 *
 * @param {bigint} start
 * @param {bigint} demerits
 * @returns {Ratio}
 */
export function demerited(start, demerits) {
  return [larger(start - demerits, 0n), 100_000n];
}

/**
 * The lower of two ratios.
 *
 * @param {Ratio} one
 * @param {Ratio} other
 * @returns {Ratio}
 */
export function lower(one, other) {
  return one[0] * other[1] <= other[0] * one[1] ? one : other;
}

/**
 * The one rounding: hundredths of a percent, half up, and no farther from zero than any score may
 * be.
 *
 * @param {Ratio} ratio
 * @returns {bigint}
 */
export function hundredths(ratio) {
  const rounded = halfUp(ratio[0] * PERCENT, ratio[1]);
  return larger(-MAX_SCORE, rounded > MAX_SCORE ? MAX_SCORE : rounded);
}

/**
 * A whole audit's score, clamped at 0 from below and rounded.
 *
 * @param {Ratio | null} ratio
 * @returns {bigint | null}
 */
export function fixed(ratio) {
  return ratio === null ? null : larger(hundredths(ratio), 0n);
}

/**
 * What a cap, in hundredths of a percent, leaves of a whole audit's score.
 *
 * @param {Ratio} ratio
 * @param {bigint} cap
 * @returns {Ratio}
 */
export function capped(ratio, cap) {
  return lower(ratio, [cap, PERCENT]);
}
