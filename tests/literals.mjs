// Prints the texts of all literals of a script, in their order: packing may change the code around them and never them.
import { readFileSync } from "node:fs";
import ts from "typescript";

const found = [];
const visit = (node) => {
  if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node) || ts.isRegularExpressionLiteral(node)) found.push(node.text);
  ts.forEachChild(node, visit);
};
for (const text of JSON.parse(readFileSync(0, "utf8"))) {
  visit(ts.createSourceFile("script.js", text, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS));
  found.push(null);
}
console.log(JSON.stringify(found));
