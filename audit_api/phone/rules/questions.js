/**
 * The questions of a checklist's document, made ready for scoring: whole thousandths and lists.
 *
 * Says what rules/checklist/questions.py says in Python.
 */

import { exact, larger, sum } from "./arithmetic.js";

/**
 * @typedef {object} Effect a critical effect
 * @property {"fail" | "zero_section" | "zero_audit" | "cap" | "cap_band"} kind
 * @property {bigint | null} cap the best score that a cap leaves, in hundredths of a percent
 * @property {string | null} band the key of the best band that a cap of the band leaves
 */

/**
 * @typedef {object} Worth what one answer is worth: points in thousandths
 * @property {bigint} points
 * @property {boolean} failed
 * @property {Effect[]} effects
 */

/**
 * @typedef {object} Listed
 * @property {string | number} key an option's key, yes or no, or a mark of a scale
 * @typedef {Worth & Listed} Option
 */

/**
 * @typedef {object} Start
 * @property {number} start thousandths; the lowest band also takes everything below its start
 * @typedef {Worth & Start} ValueBand
 */

/**
 * @typedef {object} Question
 * @property {string} key
 * @property {string} type
 * @property {boolean} required
 * @property {boolean} notApplicable
 * @property {boolean} notObserved
 * @property {string | (string | number)[]} photo when a photo has to come: a word, or answers
 * @property {string | (string | number)[]} comment
 * @property {string[]} dimensions
 * @property {bigint} weight thousandths, like all points and demerits
 * @property {Effect[]} effects what hangs on the question's failing
 * @property {bigint} demerit
 * @property {Map<unknown, Option>} options in their order, by key: 1, "1" and true are three keys
 * @property {ValueBand[]} bands lowest first
 * @property {bigint} perUnit
 * @property {number | null} minimum of a number, as the document writes it
 * @property {number | null} maximum
 * @property {bigint} possible what it adds to the points possible, in millionths
 * @property {boolean} failsByCounting whether, without bands, every unit counted is a finding
 * @property {boolean} scored whether leaving it unanswered leaves the audit less complete
 */

/** Answered by a photo of the audit's manifest, never by a value. */
export const PICTURES = ["photo", "signature"];

/** @type {Record<string, (written: any) => Option[]>} */
const OPTIONS = {
  single: (written) => written.options.map(choice),
  several: (written) => written.options.map(choice),
  yes_no: yesAndNo,
  scale: marks,
};

/**
 * A question of the document.
 *
 * @param {any} written
 * @returns {Question}
 */
export function readQuestion(written) {
  const listed = OPTIONS[written.type]?.(written) ?? [];
  const bands = (written.bands ?? []).map(valueBand);
  const perUnit = exact(written.per_unit ?? 0);
  const weight = exact(written.weight ?? 1);
  const demerit = exact(written.demerit ?? 0);
  const bonus = written.bonus ?? false;
  const best = bestOf(written.type, [...listed, ...bands]);
  const possible = bonus ? 0n : weight * larger(best, 0n);
  const counted = perUnit !== 0n && weight !== 0n && !bonus;
  return {
    key: written.key,
    type: written.type,
    required: written.required,
    notApplicable: written.not_applicable,
    notObserved: written.not_observed,
    photo: written.evidence.photo,
    comment: written.evidence.comment,
    dimensions: written.dimensions,
    weight,
    effects: (written.effect ?? []).map(readEffect),
    demerit,
    options: new Map(listed.map((option) => [option.key, option])),
    bands,
    perUnit,
    minimum: written.min ?? null,
    maximum: written.max ?? null,
    possible,
    failsByCounting: (written.type === "count" && demerit > 0n) || perUnit < 0n,
    scored: possible > 0n || counted || demerit > 0n,
  };
}

/**
 * A critical effect that a document writes.
 *
 * @param {any} written a word, `{cap: 60}` or `{cap: "fair"}`
 * @returns {Effect}
 */
export function readEffect(written) {
  if (typeof written === "string") {
    return { kind: /** @type {Effect["kind"]} */ (written), cap: null, band: null };
  }
  if (typeof written.cap === "string") {
    return { kind: "cap_band", cap: null, band: written.cap };
  }
  return { kind: "cap", cap: exact(written.cap, 100), band: null };
}

/**
 * The most points that one answer can bring, before the weight.
 *
 * @param {string} type
 * @param {Worth[]} worths
 * @returns {bigint}
 */
function bestOf(type, worths) {
  const points = worths.map((worth) => worth.points);
  return type === "several"
    ? sum(points.filter((each) => each > 0n))
    : points.reduce(larger, points[0] ?? 0n);
}

/**
 * @param {any} written
 * @returns {Worth}
 */
function worth({ points, failed, effect = [] }) {
  return { points: exact(points), failed, effects: effect.map(readEffect) };
}

/**
 * @param {any} written
 * @returns {Option}
 */
function choice(written) {
  return { key: written.key, ...worth(written) };
}

/**
 * @param {any} written
 * @returns {ValueBand}
 */
function valueBand(written) {
  return { start: Number(exact(written.from)), ...worth(written) };
}

/**
 * @param {any} written
 * @returns {Option[]}
 */
function yesAndNo({ points, reverse, fails_at: failsAt }) {
  const good = reverse ? "no" : "yes";
  return ["yes", "no"].map((key) =>
    choice({ key, points: key === good ? points : 0, failed: key === failsAt }),
  );
}

/**
 * The marks of a scale; from the bad end up to `fails_at` they are findings.
 *
 * @param {any} written
 * @returns {Option[]}
 */
function marks({ min, points, reverse, fails_at: failsAt }) {
  const fails = (/** @type {number} */ mark) =>
    failsAt !== null && (reverse ? mark >= failsAt : mark <= failsAt);
  return points.map((/** @type {number} */ each, /** @type {number} */ place) =>
    choice({ key: min + place, points: each, failed: fails(min + place) }),
  );
}
