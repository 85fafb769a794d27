// Prints what each script imports, as pairs of paths: modules with `import` and `import()`, and types in JSDoc.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path/posix";
import ts from "typescript";

const listImports = (path) => {
  const found = [];
  const take = (node) => {
    const text = node && ts.isTemplateExpression(node) ? node.head.text : (node?.text ?? "");
    if (text.startsWith(".")) found.push(join(dirname(path), text));
  };
  const visit = (node) => {
    node.jsDoc?.forEach(visit);
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) take(node.moduleSpecifier);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) take(node.arguments[0]);
    else if (ts.isImportTypeNode(node)) take(node.argument.literal);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest, true, ts.ScriptKind.JS));
  return [...new Set(found)];
};
const paths = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(Object.fromEntries(paths.map((path) => [path, listImports(path)]))));
