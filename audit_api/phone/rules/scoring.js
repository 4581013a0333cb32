/**
 * The scorer of one checklist version, for the phone's preview: the same score as the server's.
 *
 * Says what rules/scoring/__init__.py says in Python, and is tested against it.  It takes the
 * document that phones get and no more; arithmetic is exact (big integers), rounded once.
 */

import { leftOutRow } from "./answer_values.js";
import { ABSENT, absentRow, answerFaults, evidenceFaults, fault, readAnswer } from "./answers.js";
import { siteValues, visible } from "./conditions.js";
import { frame } from "./frame.js";
import { escaped, has, unknownNames } from "./members.js";
import { SCORING_ENGINE } from "./score.js";
import { judge } from "./verdict.js";

export { SCORING_ENGINE };

/** @typedef {import("./answer_values.js").Row} Row */
/** @typedef {import("./answers.js").Fault} Fault */
/** @typedef {import("./questions.js").Question} Question */
/** @typedef {import("./score.js").Score} Score */

/**
 * @typedef {object} Visit what an audit is scored by
 * @property {Record<string, any>} answers by question key
 * @property {Record<string, number>} [photos] how many photos belong to each question
 * @property {Record<string, unknown>} [siteAttributes] the site's as the server sends them, with
 *   its kind under "kind"
 */

/**
 * @typedef {object} Scorer
 * @property {(visit: Visit) => Score} score of a finished audit; throws RefusedAnswers
 * @property {(visit: Visit) => Score} trial of an audit that may be unfinished: what is refused
 *   counts as unanswered, and evidence that is still to come does not matter
 * @property {(visit: Visit) => Fault[]} faults everything that the server would refuse, 50 at most
 */

/** The version of the document format that is understood here. */
const FORMAT = 1;
const MAX_FAULTS = 50;

/** An audit that the server would refuse, with the reasons. */
export class RefusedAnswers extends Error {
  /** @param {Fault[]} faults */
  constructor(faults) {
    super("the answers are not acceptable");
    this.name = "RefusedAnswers";
    this.faults = faults;
  }
}

/**
 * @typedef {object} Compiled
 * @property {any} document
 * @property {import("./frame.js").Frame} known
 * @property {(key: string) => boolean} isKnown whether a question has that key
 * @property {boolean} unansweredIsZero
 * @property {Set<string>} attributes the site's that conditions name
 */

/**
 * The scorer of a checklist's document; keep it as long as the document.
 *
 * @param {any} document as the server sends it by its digest, read by `JSON.parse`
 * @returns {Scorer}
 * @throws {TypeError} on a document of another format
 */
export function compileScorer(document) {
  if (document.format !== FORMAT) {
    throw new TypeError("a checklist of another format");
  }
  const known = frame(document);
  const keys = new Set(known.questions.map((question) => question.key));
  const compiled = {
    document,
    known,
    isKnown: (/** @type {string} */ key) => keys.has(key),
    unansweredIsZero: document.scoring.unanswered === "zero",
    attributes: attributesNamed(document),
  };
  return {
    score: (visit) => score(compiled, visit),
    trial: (visit) => trial(compiled, visit),
    faults: (visit) => faults(compiled, visit),
  };
}

/**
 * @param {Compiled} compiled
 * @param {Visit} visit
 * @returns {Score}
 */
function score(compiled, visit) {
  const found = faults(compiled, visit);
  if (found.length > 0) {
    throw new RefusedAnswers(found);
  }
  return trial(compiled, visit);
}

/**
 * @param {Compiled} compiled
 * @param {Visit} visit
 * @returns {Score}
 */
function trial(compiled, visit) {
  const { known, unansweredIsZero } = compiled;
  const asked = askedIn(compiled, visit);
  const rows = known.questions.map((question) =>
    asked.has(question.key)
      ? (readAnswer(question, answerIn(visit, question), unansweredIsZero) ??
        absentRow(question, unansweredIsZero))
      : leftOutRow(question, "hidden"),
  );
  return judge(known, rows, siteOf(compiled, visit));
}

/**
 * @param {Compiled} compiled
 * @param {Visit} visit
 * @returns {Fault[]}
 */
function faults(compiled, visit) {
  const { known, isKnown, unansweredIsZero } = compiled;
  const asked = askedIn(compiled, visit);
  return [
    ...known.questions.flatMap((question) =>
      asked.has(question.key)
        ? faultsOfAsked(question, visit, unansweredIsZero)
        : faultsOfHidden(question, visit),
    ),
    ...unknownNames(visit.answers, isKnown).map((key) =>
      fault(`/answers/${escaped(key)}`, "question_unknown"),
    ),
    ...unknownNames(visit.photos ?? {}, isKnown).map((key) =>
      fault("/photos", "photo_question_unknown", { question: key }),
    ),
  ].slice(0, MAX_FAULTS);
}

/**
 * @param {Question} question
 * @param {Visit} visit
 * @param {boolean} unansweredIsZero
 * @returns {Fault[]}
 */
function faultsOfAsked(question, visit, unansweredIsZero) {
  const answer = answerIn(visit, question);
  const row = readAnswer(question, answer, unansweredIsZero);
  return row === null
    ? answerFaults(question, answer)
    : evidenceFaults(row, answer, photosIn(visit, question));
}

/**
 * An answer to a question that is not asked has to be right all the same, but needs no evidence.
 *
 * @param {Question} question
 * @param {Visit} visit
 * @returns {Fault[]}
 */
function faultsOfHidden(question, visit) {
  const answer = answerIn(visit, question);
  return answer === ABSENT ? [] : answerFaults(question, answer);
}

/**
 * @param {Compiled} compiled
 * @param {Visit} visit
 * @returns {Set<string>}
 */
function askedIn({ document }, { answers, photos = {}, siteAttributes = {} }) {
  return visible(document, answers, photos, siteAttributes);
}

/**
 * What the conditions go by of the site.
 *
 * @param {Compiled} compiled
 * @param {Visit} visit
 * @returns {Record<string, unknown>}
 */
function siteOf({ document, attributes }, { siteAttributes = {} }) {
  const site = Object.entries(siteValues(document.site_attributes, siteAttributes));
  return Object.fromEntries(site.filter(([key]) => attributes.has(key)));
}

/**
 * @param {Visit} visit
 * @param {Question} question
 * @returns {unknown}
 */
function answerIn({ answers }, { key }) {
  return has(answers, key) ? answers[key] : ABSENT;
}

/**
 * @param {Visit} visit
 * @param {Question} question
 * @returns {number}
 */
function photosIn({ photos = {} }, { key }) {
  return has(photos, key) ? photos[key] : 0;
}

/**
 * The attributes of the site that any condition in a part of the document names.
 *
 * @param {any} written the document, a section or a question
 * @returns {Set<string>}
 */
function attributesNamed(written) {
  const inside = [written.touchpoints, written.sections, written.questions]
    .flatMap((items) => items ?? [])
    .flatMap((item) => [...attributesNamed(item)]);
  return new Set([...inside, ...attributesTested(written.condition)]);
}

/**
 * @param {any} condition
 * @returns {string[]}
 */
function attributesTested(condition) {
  if (condition === undefined) {
    return [];
  }
  const parts = condition.all ?? condition.any ?? (has(condition, "not") ? [condition.not] : []);
  return has(condition, "site") ? [condition.site] : parts.flatMap(attributesTested);
}
