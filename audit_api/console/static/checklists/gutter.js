/**
 * The numbers of a text's lines, beside it, with a mark at each line of which something is said.
 *
 * It is for eyes alone: the list below the text says the same in words.
 */

/**
 * @typedef {object} Marked
 * @property {"error" | "warning"} severity
 * @property {number | null} line
 * @property {string} sentence
 *
 * @typedef {{mark: (remarks: Marked[]) => void}} Gutter
 */

/**
 * Put numbers beside a text; they follow it as it grows and is scrolled.
 *
 * @param {HTMLElement} frame holds the text, whose lines are never broken
 * @param {HTMLTextAreaElement} text
 * @returns {Gutter}
 */
export function gutterOf(frame, text) {
  const gutter = element("div", "gutter");
  gutter.setAttribute("aria-hidden", "true");
  const inside = element("div", "lines");
  const [numbers, marks] = [element("pre", "numbers"), element("div", "marks")];
  inside.append(numbers, marks);
  gutter.append(inside);
  frame.prepend(gutter);
  frame.classList.add("numbered");
  let lines = 0;
  const number = () => {
    const now = text.value.split("\n").length;
    if (now === lines) return;
    lines = now;
    numbers.textContent = Array.from({ length: now }, (_, index) => index + 1).join("\n");
  };
  const follow = () => {
    inside.style.transform = `translateY(${-text.scrollTop}px)`;
  };
  text.addEventListener("input", number);
  text.addEventListener("scroll", follow, { passive: true });
  number();
  follow();
  return { mark: (remarks) => marks.replaceChildren(...marked(remarks)) };
}

/**
 * One mark for each line, an error's where it has both.
 *
 * @param {Marked[]} remarks
 * @returns {HTMLElement[]}
 */
function marked(remarks) {
  /** @type {Map<number, Marked[]>} */
  const lines = new Map();
  for (const remark of remarks) {
    if (remark.line !== null) lines.set(remark.line, [...(lines.get(remark.line) ?? []), remark]);
  }
  return [...lines].map(([line, all]) => {
    const grave = all.some((remark) => remark.severity === "error");
    const mark = element("span", grave ? "mark error" : "mark warning");
    mark.dataset.line = `${line}`;
    mark.style.setProperty("--line", `${line - 1}`);
    mark.title = all.map((remark) => remark.sentence).join("\n");
    return mark;
  });
}

/**
 * @param {string} name
 * @param {string} names the classes
 * @returns {HTMLElement}
 */
function element(name, names) {
  const made = document.createElement(name);
  made.className = names;
  return made;
}
