const url = document.getElementById("api").dataset.specification;
// Calls are tried on the server that showed the page, by whichever of its names it was asked.
const answer = await fetch(url);
const spec = { ...(await answer.json()), servers: [{ url: "/" }] };
SwaggerUIBundle({ spec, dom_id: "#api", deepLinking: true, validatorUrl: null });
