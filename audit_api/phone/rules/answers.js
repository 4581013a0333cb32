/**
 * One answer: what it is worth, or everything that is wrong with it.
 *
 * Says what rules/scoring/answers.py says in Python.  An answer is `{value: …}`,
 * `{not_applicable: true}` or `{not_observed: true}`, each with an optional `comment`.  Pictures
 * are answered by photos of the audit's manifest instead.
 */

import { bounds, leftOutRow, mostCounted, readValue } from "./answer_values.js";
import {
  MAX_BARCODE_LENGTH,
  MAX_TEXT_LENGTH,
  hasWords,
  isNoLongerThan,
} from "./evidence_values.js";
import { escaped, has, isObject, unknownNames } from "./members.js";
import { PICTURES } from "./questions.js";

/** @typedef {import("./answer_values.js").Row} Row */
/** @typedef {import("./questions.js").Question} Question */

/**
 * @typedef {object} Fault one thing wrong with an audit's answers
 * @property {string} pointer an RFC 6901 JSON pointer
 * @property {string} code the key of the sentence, as the server's
 * @property {Record<string, unknown>} values what the sentence names
 */

const MEMBERS = ["value", "not_applicable", "not_observed", "comment"];
/** @type {["not_applicable", "not_observed"]} */
const STATES = ["not_applicable", "not_observed"];
const MAX_COMMENT_LENGTH = 4_000;

/** Stands where there is no answer to a question. */
export const ABSENT = Symbol("no answer");

/**
 * @param {string} pointer
 * @param {string} code
 * @param {Record<string, unknown>} [values]
 * @returns {Fault}
 */
export function fault(pointer, code, values = {}) {
  return { pointer, code, values };
}

/**
 * The row of an answer; null where it is refused, or missing where it is required.
 *
 * @param {Question} question
 * @param {any} answer
 * @param {boolean} unansweredIsZero
 * @returns {Row | null}
 */
export function readAnswer(question, answer, unansweredIsZero) {
  if (answerFaults(question, answer).length > 0) {
    return null;
  }
  if (has(answer, "value")) {
    return readValue(question, answer.value);
  }
  const state = STATES.find((each) => has(answer, each));
  return state ? leftOutRow(question, state) : absentRow(question, unansweredIsZero);
}

/**
 * The row of a question that got no answer; a picture that is due has to come all the same.
 *
 * @param {Question} question
 * @param {boolean} unansweredIsZero
 * @returns {Row}
 */
export function absentRow(question, unansweredIsZero) {
  const row = leftOutRow(question, "unanswered");
  const due = question.required && isPicture(question);
  return { ...row, photo: due, dropped: unansweredIsZero ? 0n : row.dropped };
}

/**
 * Everything that is wrong with one answer; nothing where it is accepted.
 *
 * @param {Question} question
 * @param {any} answer
 * @returns {Fault[]}
 */
export function answerFaults(question, answer) {
  const pointer = `/answers/${question.key}`;
  if (answer === ABSENT) {
    const missing = question.required && !isPicture(question);
    return missing ? [fault(pointer, "answer_missing")] : [];
  }
  if (!isObject(answer)) {
    return [fault(pointer, "answer_expected")];
  }
  return [
    ...unknownNames(answer, (name) => MEMBERS.includes(name)).map((name) =>
      fault(`${pointer}/${escaped(name)}`, "answer_member_unknown", { accepted: MEMBERS }),
    ),
    ...commentFaults(answer, pointer),
    ...stateFaults(question, answer, pointer),
    ...(has(answer, "value") ? valueFaults(question, answer.value, `${pointer}/value`) : []),
  ];
}

/**
 * The evidence that an accepted answer has to come with and does not.
 *
 * @param {Row} row
 * @param {any} answer
 * @param {number} photos how many photos there are for the question
 * @returns {Fault[]}
 */
export function evidenceFaults(row, answer, photos) {
  const pointer = `/answers/${row.question.key}`;
  const unexplained = row.comment && !(has(answer, "comment") && hasWords(answer.comment));
  return [
    ...(row.photo && !photos ? [fault(pointer, "photo_missing")] : []),
    ...(unexplained ? [fault(`${pointer}/comment`, "comment_missing")] : []),
  ];
}

/**
 * @param {Question} question
 * @returns {boolean}
 */
function isPicture(question) {
  return PICTURES.includes(question.type);
}

/**
 * @param {any} answer
 * @param {string} pointer
 * @returns {Fault[]}
 */
function commentFaults(answer, pointer) {
  const comment = has(answer, "comment") ? answer.comment : "";
  const accepted = typeof comment === "string" && isNoLongerThan(comment, MAX_COMMENT_LENGTH);
  return accepted
    ? []
    : [fault(`${pointer}/comment`, "comment_expected", { longest: MAX_COMMENT_LENGTH })];
}

/**
 * An answer is exactly one thing: a value, or one of the reasons for having none.
 *
 * @param {Question} question
 * @param {any} answer
 * @param {string} pointer
 * @returns {Fault[]}
 */
function stateFaults(question, answer, pointer) {
  const allowed = {
    value: !isPicture(question),
    not_applicable: question.notApplicable,
    not_observed: question.notObserved,
  };
  const accepted = Object.entries(allowed).flatMap(([state, allows]) => (allows ? state : []));
  const given = Object.keys(allowed).filter((state) => has(answer, state));
  const one = given.length === 1 || (given.length === 0 && isPicture(question));
  const refused = STATES.filter(
    (state) => has(answer, state) && !(allowed[state] && answer[state] === true),
  );
  return [
    ...(one ? [] : [fault(pointer, "answer_state_expected", { accepted })]),
    ...refused.map((state) => refusedState(`${pointer}/${state}`, allowed[state], accepted)),
  ];
}

/**
 * Why a reason for having no value is refused.
 *
 * @param {string} pointer
 * @param {boolean} allowed
 * @param {string[]} accepted
 * @returns {Fault}
 */
function refusedState(pointer, allowed, accepted) {
  if (allowed) return fault(pointer, "answer_state_not_true");
  return accepted.some((state) => state !== "value")
    ? fault(pointer, "answer_state_refused", { accepted })
    : fault(pointer, "answer_required");
}

/**
 * Why a value was refused, and what is accepted.
 *
 * @param {Question} question
 * @param {unknown} value
 * @param {string} pointer
 * @returns {Fault[]}
 */
function valueFaults(question, value, pointer) {
  if (readValue(question, value) !== null) {
    return [];
  }
  const keys = [...question.options.keys()].map(String);
  switch (question.type) {
    case "single":
    case "yes_no":
      return [fault(pointer, "option_unknown", { accepted: keys })];
    case "several":
      return Array.isArray(value)
        ? severalFaults(keys, value, pointer)
        : [fault(pointer, "options_expected", { accepted: keys })];
    case "scale":
      return [fault(pointer, "scale_mark_expected", { low: keys[0], high: keys[keys.length - 1] })];
    case "number":
      return [fault(pointer, "number_expected", bounds(question))];
    case "count":
    case "duration":
      return [fault(pointer, `${question.type}_expected`, { high: mostCounted(question) })];
    case "text":
      return [fault(pointer, "text_expected", { longest: MAX_TEXT_LENGTH })];
    case "barcode":
      return [fault(pointer, "text_expected", { longest: MAX_BARCODE_LENGTH })];
    default:
      return [fault(pointer, `${question.type}_expected`)];
  }
}

/**
 * @param {string[]} keys
 * @param {unknown[]} value
 * @param {string} pointer
 * @returns {Fault[]}
 */
function severalFaults(keys, value, pointer) {
  return value.flatMap((given, place) => {
    if (typeof given !== "string" || !keys.includes(given)) {
      return fault(`${pointer}/${place}`, "option_unknown", { accepted: keys });
    }
    return value.indexOf(given) < place ? fault(`${pointer}/${place}`, "option_repeated") : [];
  });
}
