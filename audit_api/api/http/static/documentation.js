const url = document.getElementById("api").dataset.specification;
SwaggerUIBundle({ url, dom_id: "#api", deepLinking: true, validatorUrl: null });
