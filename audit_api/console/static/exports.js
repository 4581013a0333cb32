// While a file is made, its page tells how far it is.

const EVERY = 1500;

/**
 * Ask again and again how far the file is, and load the page anew once it has ended.
 *
 * @returns {Promise<void>}
 */
async function follow() {
  const shown = document.getElementById("progress");
  const address = shown?.dataset.unfinished;
  if (!shown || !address) return;
  const answer = await fetch(address, { credentials: "same-origin" }).catch(() => null);
  if (answer?.ok) {
    const told = new DOMParser().parseFromString(await answer.text(), "text/html");
    const progress = told.getElementById("progress");
    if (progress && !progress.dataset.unfinished) {
      location.replace(location.pathname);
      return;
    }
    if (progress) shown.replaceWith(progress);
  }
  setTimeout(() => void follow(), EVERY);
}

setTimeout(() => void follow(), EVERY);
