"""How a form looks to visitors: hosted page, embed and the builder's preview are drawn by `render` from one template
and one stylesheet; what the browser does with them is in web/form."""
