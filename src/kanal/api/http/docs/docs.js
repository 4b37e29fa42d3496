// Draws /api/openapi.json: operations by resource, each with its parameters, body and answers.
"use strict";

const METHODS = ["get", "post", "put", "patch", "delete"];
const DEEPEST = 5;

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function operationsByResource(api) {
  const resources = new Map();
  for (const [path, operations] of Object.entries(api.paths)) {
    const resource = path.split("/").filter((part) => part && !part.startsWith("{"))[2] ?? path;
    for (const method of METHODS.filter((m) => m in operations)) {
      if (!resources.has(resource)) resources.set(resource, []);
      resources.get(resource).push({ method, path, ...operations[method] });
    }
  }
  return new Map([...resources].sort(([a], [b]) => a.localeCompare(b)));
}

// A schema as people write types: names of fields with what they hold.
function shape(api, schema, depth = 0) {
  if (!schema) return "";
  if (schema.$ref) {
    const name = schema.$ref.split("/").pop();
    return depth < DEEPEST ? shape(api, api.components.schemas[name], depth) : name;
  }
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices) return choices.map((choice) => shape(api, choice, depth)).join(" | ");
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  if ("const" in schema) return JSON.stringify(schema.const);
  if (schema.properties) return fields(api, schema, depth + 1);
  if (schema.type === "array") return `[${shape(api, schema.items, depth)}]`;
  const types = [schema.type ?? "any"].flat().join(" | ");
  return schema.format ? `${types} (${schema.format})` : types;
}

function fields(api, schema, depth) {
  const indent = "  ".repeat(depth);
  const required = new Set(schema.required ?? []);
  const lines = Object.entries(schema.properties).map(
    ([name, inner]) => `${indent}${name}${required.has(name) ? "" : "?"}: ${shape(api, inner, depth)}`,
  );
  return `{\n${lines.join("\n")}\n${"  ".repeat(depth - 1)}}`;
}

function parameters(operation, api) {
  const rows = (operation.parameters ?? []).map((parameter) =>
    element(
      "tr", {},
      element("td", {}, element("code", {}, parameter.name)),
      element("td", {}, parameter.in + (parameter.required ? ", required" : "")),
      element("td", {}, shape(api, parameter.schema)),
    ),
  );
  return rows.length ? [element("h3", {}, "Parameters"), element("table", {}, ...rows)] : [];
}

function content(title, part, api) {
  const [type, media] = Object.entries(part?.content ?? {})[0] ?? [];
  const text = media ? shape(api, media.schema) : "";
  const heading = element("h3", {}, type ? `${title} · ${type}` : title);
  return text ? [heading, element("pre", {}, text)] : [heading];
}

function drawOperation(operation, api) {
  const answers = Object.entries(operation.responses ?? {})
    .filter(([status]) => status !== "default")
    .flatMap(([status, answer]) => content(`Answers ${status}`, answer, api));
  return element(
    "details", { "data-text": `${operation.method} ${operation.path} ${operation.summary ?? ""}`.toLowerCase() },
    element(
      "summary", {},
      element("span", { class: "method" }, operation.method),
      element("code", {}, operation.path),
      element("span", {}, operation.summary ?? ""),
    ),
    element(
      "div", { class: "inside" },
      element("p", {}, operation.description ?? ""),
      ...parameters(operation, api),
      ...(operation.requestBody ? content("Body", operation.requestBody, api) : []),
      ...answers,
    ),
  );
}

function draw(api) {
  const sections = [...operationsByResource(api)].map(([resource, operations]) => {
    document.getElementById("index").append(element("li", {}, element("a", { href: `#${resource}` }, resource)));
    const drawn = operations.map((operation) => drawOperation(operation, api));
    return element("section", { id: resource }, element("h2", {}, resource), ...drawn);
  });
  const problem = content("Every error", { content: { "application/problem+json": { schema: api.components.schemas.Problem } } }, api);
  document.getElementById("content").replaceChildren(element("p", {}, api.info.description ?? ""), ...problem, ...sections);
}

function narrow(words) {
  for (const section of document.querySelectorAll("main section")) {
    const operations = [...section.querySelectorAll("details")];
    for (const operation of operations) operation.hidden = !operation.dataset.text.includes(words);
    section.hidden = operations.every((operation) => operation.hidden);
  }
}

document.getElementById("find").addEventListener("input", (event) => narrow(event.target.value.trim().toLowerCase()));
fetch("/api/openapi.json")
  .then((answer) => answer.json())
  .then(draw)
  .catch((error) => document.getElementById("content").replaceChildren(`The description cannot be read: ${error}`));
