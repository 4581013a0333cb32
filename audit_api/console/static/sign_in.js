/**
 * Let a press on an account of the demonstration write its address into the form.
 *
 * @returns {void}
 */
export function fillEmail() {
  const email = /** @type {HTMLInputElement | null} */ (document.getElementById("email"));
  for (const button of document.querySelectorAll("button[data-email]")) {
    if (!(button instanceof HTMLButtonElement)) continue;
    button.hidden = false;
    button.parentElement?.querySelector("[data-plain]")?.remove();
    button.addEventListener("click", () => {
      if (email === null) return;
      email.value = button.dataset.email ?? "";
      document.getElementById("password")?.focus();
    });
  }
}
