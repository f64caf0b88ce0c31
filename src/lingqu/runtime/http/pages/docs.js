"use strict";
const isChinese = navigator.language.startsWith("zh");
const say = (en, zh) => (isChinese ? zh : en);

function element(name, text, ...children) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  made.append(...children);
  return made;
}

const asText = (found) => (typeof found === "string" ? found : JSON.stringify(found));

/* Write a schema as the JSON it describes; a struct that contains itself ends at its name. */
function shape(schema, all, seen = []) {
  if (!schema) return "any";
  if (schema.$ref) {
    const name = schema.$ref.split("/").pop();
    return seen.includes(name) ? name : shape(all[name], all, [...seen, name]);
  }
  const choices = schema.anyOf || schema.oneOf;
  if (choices) {
    const parts = choices.map((one) => shape(one, all, seen));
    return parts.every((part) => typeof part === "string") ? parts.join(" | ") : parts[0];
  }
  if (schema.enum) return schema.enum.join(" | ");
  if (schema.type === "array") return [shape(schema.items || (schema.prefixItems || [])[0], all, seen)];
  if (schema.properties) {
    const required = schema.required || [];
    const entries = Object.entries(schema.properties);
    return Object.fromEntries(entries.map(([key, one]) => [required.includes(key) ? key : key + "?", shape(one, all, seen)]));
  }
  if (schema.additionalProperties) return { "*": shape(schema.additionalProperties, all, seen) };
  return schema.format || schema.type || "any";
}

function block(title, content, all) {
  const json = content && content["application/json"];
  if (!json) return [];
  return [element("h4", title), element("pre", JSON.stringify(shape(json.schema, all), null, 2))];
}

function operation(method, path, route, all) {
  const rows = route.parameters.map((one) =>
    element("tr", "", element("td", "", element("code", one.name)), element("td", one.in),
      element("td", one.required ? say("required", "必填") : ""), element("td", asText(shape(one.schema, all)))));
  const answers = Object.entries(route.responses).map(([status, one]) =>
    element("tr", "", element("td", status), element("td", one.description)));
  const success = Object.values(route.responses)[0];
  return element("details", "",
    element("summary", "", element("b", method.toUpperCase()), element("code", path), element("span", route.summary)),
    element("p", say("Permission: ", "权限：") + route["x-permission"]),
    ...(rows.length ? [element("table", "", ...rows)] : []),
    ...block(say("Body", "请求体"), route.requestBody && route.requestBody.content, all),
    ...block(say("Answer", "返回"), success.content, all),
    element("h4", say("Statuses", "状态码")), element("table", "", ...answers));
}

function draw(document_, wanted) {
  const byTag = new Map();
  for (const [path, methods] of Object.entries(document_.paths)) {
    for (const [method, route] of Object.entries(methods)) {
      const text = `${method} ${path} ${route.summary} ${route.operationId}`.toLowerCase();
      if (!wanted.split(/\s+/).every((word) => text.includes(word))) continue;
      const list = byTag.get(route.tags[0]) || [];
      list.push(operation(method, path, route, document_.components.schemas));
      byTag.set(route.tags[0], list);
    }
  }
  const sections = [...byTag].flatMap(([tag, list]) => [element("h2", tag), ...list]);
  const none = element("p", say("Nothing found.", "没有匹配的接口。"));
  document.getElementById("routes").replaceChildren(...(sections.length ? sections : [none]));
}

async function start() {
  document.documentElement.lang = isChinese ? "zh" : "en";
  document.getElementById("problems").textContent = say("Problems", "错误码");
  const filter = document.getElementById("filter");
  filter.placeholder = say("Find a route", "查找接口");
  const answer = await fetch("/openapi.json");
  if (!answer.ok) throw new Error(`openapi.json: ${answer.status}`);
  const loaded = await answer.json();
  filter.addEventListener("input", () => draw(loaded, filter.value.trim().toLowerCase()));
  draw(loaded, "");
}

start().catch((error) => document.getElementById("routes").replaceChildren(element("p", String(error))));
