const api = document.getElementById("api");
const words = JSON.parse(api.dataset.words);

// Swagger UI speaks English alone: its own words are put into the page's language as they appear,
// those of examples and of the specification never.
const translate = (node) => {
  const word = words[node.data.trim()];
  if (word !== undefined && !node.parentElement?.closest("pre, code, textarea, .markdown")) {
    node.data = word;
  }
};

const translateAll = (root) => {
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    translate(texts.currentNode);
  }
};

new MutationObserver((changes) => {
  for (const { type, target, addedNodes } of changes) {
    if (type === "characterData") {
      translate(target);
    }
    for (const node of addedNodes) {
      node.nodeType === Node.TEXT_NODE ? translate(node) : translateAll(node);
    }
  }
}).observe(api, { childList: true, characterData: true, subtree: true });

// Calls are tried on the server that showed the page, by whichever of its names it was asked.
const answer = await fetch(api.dataset.specification);
const spec = { ...(await answer.json()), servers: [{ url: "/" }] };
SwaggerUIBundle({ spec, dom_id: "#api", deepLinking: true, validatorUrl: null });
