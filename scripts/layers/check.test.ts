import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { checkLayers } from './check.ts';
import { importsOf } from './imports.ts';

const roots: string[] = [];
afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true });
});

const server = 'packages/server/src';
const sound = {
  [`${server}/modules.ts`]: `export const moduleOrder = ['access', 'cases'] as const;`,
  [`${server}/main.ts`]: `import './modules/access/index.ts'; import './modules/cases/index.ts';`,
  [`${server}/platform/clock.ts`]: `export const now = 1;`,
  [`${server}/modules/access/index.ts`]: `export { a } from './access.ts';`,
  [`${server}/modules/access/access.ts`]: `export const a = 1;`,
  [`${server}/modules/cases/index.ts`]: `import { a } from '../access/index.ts';\nimport { z } from 'zod';\nexport { a, z };`,
  'packages/epi/src/index.ts': `export const rt = 1;`,
  'packages/protocol/src/index.ts': `export const pack = 1;`,
  'packages/contract/src/index.ts': `import type { pack } from '@levee/protocol';\nexport type P = typeof pack;`,
  'apps/portal/src/page.tsx': `import { contract } from '@levee/contract';\nexport default contract;`,
};

/** The sound tree with some files changed or added (undefined removes one): what the check says about it. */
async function problemsWith(changes: Record<string, string | undefined>): Promise<string[]> {
  const root = mkdtempSync(join(tmpdir(), 'levee-layers-'));
  roots.push(root);
  for (const [path, text] of Object.entries({ ...sound, ...changes })) {
    if (text === undefined) continue;
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return (await checkLayers(root)).problems;
}

describe('the layer check', () => {
  it('passes a sound tree [layers]', async () => {
    expect(await problemsWith({})).toEqual([]);
  });

  it('refuses an import up the ladder, static, re-exported, dynamic or of a type [layers]', async () => {
    const file = 'packages/protocol/src/bad.ts';
    for (const text of [
      `import { contract } from '@levee/contract';`,
      `export * from '@levee/contract';`,
      `export const late = () => import('@levee/contract');`,
      `import type { P } from '@levee/contract';`,
      `import '@levee/contract';`,
    ]) {
      expect(await problemsWith({ [file]: text })).toEqual([
        `${file}:1: packages/protocol may not import packages/contract`,
      ]);
    }
  });

  it('refuses an import of one app by another, and of the server by an app [layers]', async () => {
    const file = 'apps/portal/src/bad.ts';
    expect(await problemsWith({ [file]: `import '@levee/console';\nimport '@levee/server';` })).toHaveLength(
      2,
    );
  });

  it('refuses a path into another package [layers]', async () => {
    const file = 'packages/contract/src/bad.ts';
    expect(await problemsWith({ [file]: `import '../../protocol/src/index.ts';` })).toEqual([
      `${file}:1: reaches into packages/protocol by a path; import its name`,
    ]);
  });

  it('refuses any dependency of epi, Node included [layers]', async () => {
    const file = 'packages/epi/src/bad.ts';
    expect(await problemsWith({ [file]: `import { readFile } from 'node:fs';\nimport 'zod';` })).toHaveLength(
      2,
    );
    expect(await problemsWith({ [file.replace('.ts', '.test.ts')]: `import { it } from 'vitest';` })).toEqual(
      [],
    );
  });

  it('refuses a module that imports a later one [layers]', async () => {
    const file = `${server}/modules/access/late.ts`;
    expect(await problemsWith({ [file]: `import '../cases/index.ts';` })).toEqual([
      `${file}:1: access imports cases, which comes after it`,
    ]);
  });

  it('refuses an import past the face of a module, from a module and from main [layers]', async () => {
    for (const [file, path] of [
      [`${server}/modules/cases/bad.ts`, '../access/access.ts'],
      [`${server}/bad.ts`, './modules/access/access.ts'],
    ] as const) {
      expect(await problemsWith({ [file]: `import '${path}';` })).toEqual([
        `${file}:1: goes past the face of access: import access/index.ts`,
      ]);
    }
  });

  it('refuses a module imported by the platform [layers]', async () => {
    const file = `${server}/platform/bad.ts`;
    expect(await problemsWith({ [file]: `import '../modules/access/index.ts';` })).toEqual([
      `${file}:1: platform imports the module access`,
    ]);
  });

  it('refuses an import cycle, and says when it is one of types [layers]', async () => {
    const ring = (word: string) => ({
      'packages/epi/src/a.ts': `import ${word}{ b } from './b.ts';\nexport const a = 1;`,
      'packages/epi/src/b.ts': `import { a } from './a.ts';\nexport const b = 1;`,
    });
    const path = 'packages/epi/src/a.ts -> packages/epi/src/b.ts -> packages/epi/src/a.ts';
    expect(await problemsWith(ring(''))).toEqual([`import cycle: ${path}`]);
    expect(await problemsWith(ring('type '))).toEqual([`import cycle (through types): ${path}`]);
  });

  it('refuses a listed module without a folder and a folder without a listing [layers]', async () => {
    expect(
      await problemsWith({
        [`${server}/modules.ts`]: `export const moduleOrder = ['access', 'cases', 'care'];`,
      }),
    ).toEqual(['modules.ts lists care, which has no folder']);
    expect(await problemsWith({ [`${server}/modules/tasks/index.ts`]: '' })).toEqual([
      'the folder modules/tasks is not in modules.ts',
    ]);
  });

  it('fails when it saw nothing [layers]', async () => {
    const nothing = Object.fromEntries(Object.keys(sound).map((path) => [path, undefined]));
    expect(await problemsWith(nothing)).toEqual([
      'saw no source file: nothing was checked',
      'saw no module in packages/server/src/modules.ts: nothing was checked',
    ]);
  });

  it('reads imports over several lines, and none from comments, texts or exported values [layers]', () => {
    const source = [
      `import {`,
      `  type A,`,
      `  b, // from './comment.ts'`,
      `} from './one.ts';`,
      `import { type C, type D } from './two.ts';`,
      `import type E from "./three.ts";`,
      `import type from './four.ts';`,
      `/* import './no.ts'; */ // import './no.ts';`,
      'const text = `',
      "import './no.ts';`;",
      `export const url = 'https://levee.example';`,
      `export default './no.ts';`,
    ].join('\n');
    expect(importsOf(source)).toEqual([
      { specifier: './one.ts', typeOnly: false, line: 1 },
      { specifier: './two.ts', typeOnly: true, line: 5 },
      { specifier: './three.ts', typeOnly: true, line: 6 },
      { specifier: './four.ts', typeOnly: false, line: 7 },
    ]);
  });
});
