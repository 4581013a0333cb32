/**
 * The page in which a checklist is written: its lines are numbered, and what is wrong with the text
 * stands at its line as somebody types.  Without this module it is a plain field, and the server
 * tells the same when it is saved.
 */

import { gutterOf } from "./gutter.js";

/**
 * @typedef {object} Remark as the server tells it (console/checklists/remarks.py)
 * @property {"error" | "warning"} severity
 * @property {number | null} line from 1
 * @property {number | null} column from 1
 * @property {string} place
 * @property {string} sentence
 *
 * @typedef {{summary: string, remarks: Remark[]}} Findings
 */

/** So long nobody has typed, in milliseconds, before the text is checked. */
const PAUSE = 350;

const writer = /** @type {HTMLElement | null} */ (document.querySelector(".writer"));
const area = writer?.querySelector("textarea");
if (writer && area) {
  begin(writer, area);
}

/**
 * @param {HTMLElement} frame
 * @param {HTMLTextAreaElement} text
 * @returns {void}
 */
function begin(frame, text) {
  const gutter = gutterOf(frame, text);
  const shown = readRemarks();
  list(shown, text);
  gutter.mark(shown);
  let pending = 0;
  let latest = 0;
  const check = async () => {
    const mine = (latest += 1);
    const found = await ask(frame, text.value);
    // An answer that another one has overtaken is about a text that is no more.
    if (mine !== latest) return;
    say(found?.summary ?? frame.dataset.away ?? "");
    if (found === null) return;
    list(found.remarks, text);
    gutter.mark(found.remarks);
  };
  text.addEventListener("input", () => {
    clearTimeout(pending);
    latest += 1;
    pending = window.setTimeout(check, PAUSE);
  });
  text.addEventListener("keydown", (event) => indent(event, text));
  guard(text);
  const line = /^#line-([0-9]+)$/.exec(location.hash)?.[1];
  if (line) go(text, { line: Number(line), column: 1 });
}

/**
 * Have the browser ask before what was typed is left behind.
 *
 * @param {HTMLTextAreaElement} text
 * @returns {void}
 */
function guard(text) {
  let kept = text.defaultValue;
  text.form?.addEventListener("submit", () => {
    kept = text.value;
  });
  window.addEventListener("beforeunload", (event) => {
    if (text.value !== kept) event.preventDefault();
  });
}

/**
 * Ask the server what is wrong with a text.
 *
 * @param {HTMLElement} frame
 * @param {string} text
 * @returns {Promise<Findings | null>} null where it cannot tell now
 */
async function ask(frame, text) {
  const key = /** @type {HTMLInputElement | null} */ (document.querySelector(".written [name=key]"));
  try {
    const answer = await fetch(frame.dataset.check ?? "", {
      method: "POST",
      headers: { "Content-Type": "application/yaml", "X-Form-Key": key?.value ?? "" },
      body: text,
    });
    const told = answer.headers.get("Content-Type")?.startsWith("application/json");
    return answer.ok && told ? await answer.json() : null;
  } catch {
    return null;
  }
}

/**
 * The remarks that came with the page.
 *
 * @returns {Remark[]}
 */
function readRemarks() {
  const items = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("#remarks li"));
  return [...items].map((item) => ({
    severity: item.classList.contains("error") ? "error" : "warning",
    line: Number(item.dataset.line) || null,
    column: Number(item.dataset.column) || null,
    place: item.querySelector(".place")?.textContent ?? "",
    sentence: item.querySelector(".sentence")?.textContent ?? "",
  }));
}

/**
 * List remarks below the text, each with the way to its line.
 *
 * @param {Remark[]} remarks
 * @param {HTMLTextAreaElement} text
 * @returns {void}
 */
function list(remarks, text) {
  const severities = document.getElementById("severities")?.dataset ?? {};
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById("remark"));
  const items = remarks.map((remark) => {
    const copy = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
    const [tag, place, sentence] = [".tag", ".place", ".sentence"].map(
      (part) => /** @type {HTMLElement} */ (copy.querySelector(part)),
    );
    tag.textContent = severities[remark.severity] ?? "";
    tag.classList.toggle("bad", remark.severity === "error");
    place.textContent = remark.place;
    place.addEventListener("click", () => go(text, remark));
    sentence.textContent = remark.sentence;
    copy.querySelector("li")?.classList.add(remark.severity);
    return copy;
  });
  document.getElementById("remarks")?.replaceChildren(...items);
}

/**
 * Put the caret where a remark points, in sight.
 *
 * @param {HTMLTextAreaElement} text
 * @param {{line: number | null, column: number | null}} remark
 * @returns {void}
 */
function go(text, { line, column }) {
  const before = text.value.split("\n").slice(0, (line ?? 1) - 1);
  const start = before.reduce((sum, each) => sum + each.length + 1, 0);
  const end = text.value.indexOf("\n", start);
  const place = start + (column ?? 1) - 1;
  text.focus();
  text.setSelectionRange(Math.min(place, text.value.length), end < 0 ? text.value.length : end);
  const height = text.scrollHeight / text.value.split("\n").length;
  text.scrollTop = Math.max(0, before.length * height - text.clientHeight / 3);
}

/**
 * Begin a new line as far in as the one above it.
 *
 * @param {KeyboardEvent} event
 * @param {HTMLTextAreaElement} text
 * @returns {void}
 */
function indent(event, text) {
  if (event.key !== "Enter" || event.isComposing || event.ctrlKey || event.metaKey) return;
  const start = text.value.lastIndexOf("\n", text.selectionStart - 1) + 1;
  const blanks = /^ */.exec(text.value.slice(start, text.selectionStart))?.[0] ?? "";
  // The one way of writing into a field that can be undone.
  if (blanks && document.execCommand("insertText", false, `\n${blanks}`)) {
    event.preventDefault();
  }
}

/**
 * @param {string} summary
 * @returns {void}
 */
function say(summary) {
  const told = document.getElementById("summary");
  if (told !== null && told.textContent !== summary) told.textContent = summary;
}
