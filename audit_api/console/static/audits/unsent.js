// Notes that were typed and not sent are not lost unasked.

/**
 * Have the browser ask before it leaves the page with something typed into the form.
 *
 * @returns {void}
 */
export function keepWhatIsTyped() {
  const form = document.getElementById("deciding");
  if (!(form instanceof HTMLFormElement)) return;
  let isSent = false;
  form.addEventListener("submit", () => {
    isSent = true;
  });
  window.addEventListener("beforeunload", (event) => {
    const isTyped = [...form.querySelectorAll("textarea")].some((area) => area.value.trim() !== "");
    if (isTyped && !isSent) event.preventDefault();
  });
}
