/** One import of another file or package, as written. */
export type Import = { specifier: string; typeOnly: boolean; line: number };

// At the start of a line: a statement. The clause has no quote and no semicolon, so it cannot run into the next one.
const STATEMENT =
  /^[ \t]*(import|export)\b(\s+type\b(?!\s*(?:,|from\b)))?([^'"`;]*?\bfrom\s*)?\s*(['"])([^'"\n]+)\4/gm;
const DYNAMIC = /\bimport\s*\(\s*(['"])([^'"\n]+)\1/g;

/** All static and dynamic imports and re-exports of a TypeScript source. Comments and template texts do not count. */
export function importsOf(source: string): Import[] {
  const code = blank(source);
  const lineAt = (index: number) => code.slice(0, index).split('\n').length;
  const found: Import[] = [];
  for (const match of code.matchAll(STATEMENT)) {
    const [, keyword, type, clause, , specifier] = match;
    if (keyword === 'export' && !clause) continue;
    const names = clause?.match(/^\s*\{([^}]*)\}\s*from/)?.[1];
    const eachIsType = names?.split(',').every((name) => /^\s*(type\s|$)/.test(name)) ?? false;
    found.push({
      specifier: specifier!,
      typeOnly: type !== undefined || eachIsType,
      line: lineAt(match.index),
    });
  }
  for (const match of code.matchAll(DYNAMIC)) {
    found.push({ specifier: match[2]!, typeOnly: false, line: lineAt(match.index) });
  }
  return found;
}

/** Comments and template texts become blanks; line numbers stay. Quoted strings are matched so that `//` in them stays. */
function blank(source: string): string {
  const token = /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g;
  return source.replace(token, (text) => (/^['"]/.test(text) ? text : text.replace(/[^\n]/g, ' ')));
}
