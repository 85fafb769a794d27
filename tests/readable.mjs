// Prints the texts of each script that readers would see in one language: what is shown or said, and what looks like English.
import { readFileSync } from "node:fs";
import ts from "typescript";

const SHOWN = ["textContent", "innerText", "title", "placeholder", "aria-label", "aria-valuetext", "alt"];
const SHOW = [
  "append",
  "prepend",
  "replaceChildren",
  "before",
  "after",
  "say",
  "tell",
  "#tell",
  "alert",
  "confirm",
  "prompt",
  "openDialog",
  "end",
  "Error",
  "button",
  "makeTool",
  "makeButton",
  "show",
];
const SENTENCE = /(?:^|[\s“(])[A-Za-z][a-z]+[,:;]? [a-z]+(?:$|[\s.,:;!?”)])/;
const TITLE = /(?:^|\s)[A-Z][a-z]{2,}/;

const hasWord = (text) => /\p{L}{2}/u.test(text);
const isText = (node) => ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node);
const nameOf = (node) => (node && (node.name ?? node).text) ?? "";

/** Return the texts that an expression may have as its value, or as a part of it. */
const listTexts = (node) => {
  if (!node) return [];
  if (isText(node)) return [node.text];
  if (ts.isTemplateExpression(node)) return [node.head.text, ...node.templateSpans.flatMap(({ expression, literal }) => [...listTexts(expression), literal.text])];
  if (ts.isConditionalExpression(node)) return [...listTexts(node.whenTrue), ...listTexts(node.whenFalse)];
  if (ts.isBinaryExpression(node)) return [...listTexts(node.left), ...listTexts(node.right)];
  if (ts.isParenthesizedExpression(node) || ts.isSpreadElement(node)) return listTexts(node.expression);
  if (ts.isArrayLiteralExpression(node)) return node.elements.flatMap(listTexts);
  return [];
};

/** Return the expressions of a node that a reader sees. */
const listShown = (node) => {
  if (ts.isBinaryExpression(node) && ts.isPropertyAccessExpression(node.left) && SHOWN.includes(nameOf(node.left))) return [node.right];
  if (ts.isPropertyAssignment(node) && SHOWN.includes(nameOf(node.name))) return [node.initializer];
  if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return [];
  const name = nameOf(node.expression);
  const values = [...(node.arguments ?? [])];
  if (name === "make") return values.slice(2);
  if (name === "setAttribute") return SHOWN.includes(values[0].text) ? values.slice(1) : [];
  return SHOW.includes(name) ? values : [];
};

const isKey = (node) => ts.isCallExpression(node.parent) && ["label", "labelParts"].includes(nameOf(node.parent.expression));

const visit = (node, found) => {
  for (const text of listShown(node).flatMap(listTexts)) if (hasWord(text)) found.add(text);
  if (isText(node) && !isKey(node) && (SENTENCE.test(node.text) || TITLE.test(node.text))) found.add(node.text);
  ts.forEachChild(node, (child) => void visit(child, found)); // a value would end the loop
  return found;
};
const texts = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(texts.map((text) => [...visit(ts.createSourceFile("script.js", text, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS), new Set())])));
