#!/usr/bin/env node
// Counts what makes a house hard or easy to carry on: files, lines, exports, regular expressions, files in circles of imports (types
// included), numbers that stand bare in an expression, and functions of many ways.
//   node scripts/house.mjs [--numbers] [commit …]
// Without a commit it looks at the files as they are. With several, a column each. `--numbers` lists every bare number of the last one with the
// line it stands on, to tell those that decide something from those that do not.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from '@typescript/typescript6';

process.chdir(dirname(dirname(fileURLToPath(import.meta.url))));
/** A function of more ways than this is one that nobody keeps in mind: SonarSource's and ESLint's defaults are 15 and 20. */
const MANY_WAYS = 25;
/** What a number may be without a name: nothing, one, both sides, a third, and powers of ten, which turn units into one another. */
const PLAIN_NUMBERS = new Set([0, 1, 2, 3, 10, 100, 1000]);
const given = process.argv.slice(2);
const listsNumbers = given.includes('--numbers');
const commits = given.filter((one) => one !== '--numbers');
const columns = (commits.length > 0 ? commits : [null]).map((commit) => [commit ?? 'now', measure(filesOf(commit))]);

const rows = [
  ['files', (of) => of.files],
  ['lines', (of) => of.lines],
  ['lines of the longest file', (of) => of.longest],
  ['exports', (of) => of.exports],
  ['names exported by more than one file', (of) => of.twice],
  ['regular expressions', (of) => of.expressions],
  ['files in circles of imports', (of) => of.circles],
  ['numbers bare in an expression', (of) => of.numbers],
  [`functions of more than ${MANY_WAYS} ways`, (of) => of.tangled.length],
];
console.log(`| src | ${columns.map(([name]) => name).join(' | ')} |`);
console.log(`|---|${columns.map(() => '---:|').join('')}`);
for (const [name, of] of rows) console.log(`| ${name} | ${columns.map(([, found]) => of(found).toLocaleString('en')).join(' | ')} |`);
for (const one of columns.at(-1)[1].tangled) console.error(one);
if (listsNumbers) for (const one of columns.at(-1)[1].bare) console.log(one);

/** Path and text of every file of TypeScript below src, as it is or was. */
function filesOf(commit) {
  if (commit === null)
    return readdirSync('src', { recursive: true })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => [join('src', name), readFileSync(join('src', name), 'utf8')]);
  const git = (...given) => execFileSync('git', given, { encoding: 'utf8', maxBuffer: 1e8 });
  return git('ls-tree', '-r', '--name-only', commit, 'src')
    .split('\n')
    .filter((name) => name.endsWith('.ts'))
    .map((name) => [name, git('show', `${commit}:${name}`)]);
}

function measure(files) {
  const known = new Set(files.map(([file]) => file));
  const edges = new Map();
  const exported = new Map();
  const found = {
    files: files.length,
    lines: 0,
    longest: 0,
    exports: 0,
    twice: 0,
    expressions: 0,
    circles: 0,
    numbers: 0,
    bare: [],
    tangled: [],
  };
  for (const [file, text] of files) {
    const lines = text.split('\n').length - 1;
    found.lines += lines;
    found.longest = Math.max(found.longest, lines);
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
    const to = new Set();
    const follow = (given) => given.startsWith('.') && to.add(join(dirname(file), given));
    const visit = (node) => {
      if (ts.isRegularExpressionLiteral(node)) found.expressions++;
      if ((ts.isNewExpression(node) || ts.isCallExpression(node)) && node.expression.getText() === 'RegExp') found.expressions++;
      if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier) follow(node.moduleSpecifier.text);
      if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword && ts.isStringLiteral(node.arguments[0]))
        follow(node.arguments[0].text);
      if (ts.isNumericLiteral(node) && isBare(node)) {
        const { line } = source.getLineAndCharacterOfPosition(node.getStart());
        found.numbers++;
        found.bare.push(`${file}:${line + 1} ${node.text}\t${text.split('\n')[line].trim()}`);
      }
      if (ts.isImportTypeNode(node)) follow(node.argument.literal.text);
      if (ts.isFunctionLike(node) && node.body) {
        const ways = waysOf(node.body);
        if (ways > MANY_WAYS) {
          const { line } = source.getLineAndCharacterOfPosition(node.getStart());
          found.tangled.push(`${file}:${line + 1} ${node.name?.getText() ?? 'a function'}: ${ways} ways`);
        }
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
    for (const name of source.statements.flatMap(exportsOf)) exported.set(name, (exported.get(name) ?? 0) + 1);
    edges.set(
      file,
      [...to].filter((one) => known.has(one)),
    );
  }
  found.exports = [...exported.values()].reduce((sum, count) => sum + count, 0);
  found.twice = [...exported.values()].filter((count) => count > 1).length;
  found.circles = inCircles(edges);
  return found;
}

/** Names a statement declares and exports. What is only handed on from another file is not counted again. */
function exportsOf(statement) {
  if (!statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return [];
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.map(({ name }) => name.getText());
  return [statement.name?.getText() ?? 'default'];
}

/** Whether a number stands in an expression: not as a constant of its file, a type, a member of settings, or the place in a list. */
function isBare(node) {
  if (PLAIN_NUMBERS.has(Number(node.text))) return false;
  if (ts.isElementAccessExpression(node.parent) || ts.isLiteralTypeNode(node.parent)) return false;
  let inFunction = false;
  for (let one = node.parent; one; one = one.parent) {
    if (ts.isFunctionLike(one)) inFunction = true;
    if (ts.isVariableDeclaration(one) && !inFunction && /^[A-Z][A-Z0-9_]*$/.test(one.name.getText())) return false;
  }
  return true;
}

/** Ways through a function, McCabe's: one, and one more at each fork. A function within it has its own. */
function waysOf(body) {
  let ways = 1;
  const { SyntaxKind: kind } = ts;
  const forks = new Set([
    kind.IfStatement,
    kind.ConditionalExpression,
    kind.ForStatement,
    kind.ForInStatement,
    kind.ForOfStatement,
    kind.WhileStatement,
    kind.DoStatement,
    kind.CaseClause,
    kind.CatchClause,
  ]);
  const joins = new Set([kind.AmpersandAmpersandToken, kind.BarBarToken, kind.QuestionQuestionToken]);
  const visit = (node) => {
    if (forks.has(node.kind)) ways++;
    if (ts.isBinaryExpression(node) && joins.has(node.operatorToken.kind)) ways++;
    if (!ts.isFunctionLike(node)) ts.forEachChild(node, visit);
  };
  ts.forEachChild(body, visit);
  return ways;
}

/** How many files can reach themselves: those in a strongly connected part of more than one (Tarjan). */
function inCircles(edges) {
  const index = new Map();
  const low = new Map();
  const stack = [];
  const open = new Set();
  let count = 0;
  const visit = (file) => {
    index.set(file, index.size);
    low.set(file, index.get(file));
    stack.push(file);
    open.add(file);
    for (const next of edges.get(file)) {
      if (!index.has(next)) visit(next);
      if (open.has(next)) low.set(file, Math.min(low.get(file), low.get(next)));
    }
    if (low.get(file) !== index.get(file)) return;
    const part = stack.splice(stack.indexOf(file));
    for (const one of part) open.delete(one);
    if (part.length > 1) count += part.length;
  };
  for (const file of edges.keys()) if (!index.has(file)) visit(file);
  return count;
}
