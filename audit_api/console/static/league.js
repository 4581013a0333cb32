// The league is filtered as one types; without JavaScript the form of the search does the same.

const PAUSE = 200;
const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form.search"));
const typed = /** @type {HTMLInputElement | null} */ (document.getElementById("q"));

/** @type {ReturnType<typeof setTimeout> | undefined} */
let waiting;
let asked = 0;

/**
 * Show the league as it is at the address that the form leads to.
 *
 * @param {HTMLFormElement} search
 * @returns {Promise<void>}
 */
async function show(search) {
  const turn = ++asked;
  const address = new URL(search.action);
  for (const [name, value] of new FormData(search)) {
    if (value !== "") address.searchParams.set(name, String(value));
  }
  const response = await fetch(address);
  if (!response.ok || turn !== asked) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const found = page.getElementById("league");
  if (turn !== asked || found === null) return;
  document.getElementById("league")?.replaceWith(found);
  history.replaceState(null, "", address);
}

typed?.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => form && show(form), PAUSE);
});
