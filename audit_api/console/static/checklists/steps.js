/**
 * One touchpoint at a time, as on the phone.
 */

/**
 * Show the first touchpoint of a form and the ways to the others.
 *
 * @param {HTMLFormElement} form
 * @returns {{show: () => void}} `show` has what is shown follow what is asked
 */
export function stepsOf(form) {
  const touchpoints = /** @type {HTMLElement[]} */ ([...form.querySelectorAll(".touchpoint")]);
  const [back, onward] = ["back", "onward"].map(
    (id) => /** @type {HTMLButtonElement} */ (document.getElementById(id)),
  );
  const told = /** @type {HTMLElement} */ (document.getElementById("step"));
  const ways = /** @type {HTMLElement} */ (document.getElementById("ways"));
  let here = 0;
  const show = () => {
    touchpoints.forEach((touchpoint, place) => {
      touchpoint.hidden = place !== here;
      hideEmpty(touchpoint);
    });
    back.disabled = here === 0;
    onward.disabled = here === touchpoints.length - 1;
    told.textContent = (form.dataset.step ?? "")
      .replace("{number}", `${here + 1}`)
      .replace("{count}", `${touchpoints.length}`);
  };
  /** @param {number} by */
  const go = (by) => {
    here = Math.min(Math.max(here + by, 0), touchpoints.length - 1);
    show();
    const heading = touchpoints[here].querySelector("h2");
    heading?.focus({ preventScroll: true });
    document.getElementById("screen")?.scrollTo({ top: 0 });
    if (touchpoints[here].getBoundingClientRect().top < 0) form.scrollIntoView();
  };
  back.addEventListener("click", () => go(-1));
  onward.addEventListener("click", () => go(1));
  told.hidden = ways.hidden = false;
  return { show };
}

/**
 * Hide the headings under which nothing is asked, and say where nothing is asked at all.
 *
 * @param {HTMLElement} touchpoint
 * @returns {void}
 */
function hideEmpty(touchpoint) {
  const isAsked = (/** @type {Element} */ each) => each instanceof HTMLElement && !each.hidden;
  const all = [...touchpoint.querySelectorAll(".asked")];
  const skipped = /** @type {HTMLElement | null} */ (touchpoint.querySelector(".skipped"));
  if (skipped !== null) skipped.hidden = all.some(isAsked);
  for (const heading of touchpoint.querySelectorAll("h3")) {
    let next = heading.nextElementSibling;
    let asked = false;
    while (next !== null && next.matches(".asked")) {
      asked ||= isAsked(next);
      next = next.nextElementSibling;
    }
    heading.hidden = !asked;
  }
}
