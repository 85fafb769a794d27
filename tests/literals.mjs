// Prints the texts of all literals of each script, in their order: packing may change the code around them and never them.
import { readFileSync } from "node:fs";
import ts from "typescript";

const visit = (node, found) => {
  if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node) || ts.isRegularExpressionLiteral(node)) found.push(node.text);
  ts.forEachChild(node, (child) => void visit(child, found)); // a value would end the loop
  return found;
};
const texts = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(texts.map((text) => visit(ts.createSourceFile("script.js", text, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS), []))));
