import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openTestHouse, type TestHouse } from '../platform/testing/index.ts';
import { run } from './main.ts';

const LIST = 'id,date_onset,民族\nP-1,2022-06-01,x\nP-2,2022-06-31,x\nP-3,2022-06-03,x\n';
const GOOD = 'id,date_onset\nQ-1,2022-06-01\nQ-2,2022-06-02\n';

describe('levee import and levee export', () => {
  let house: TestHouse;
  let said: string[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'levee-cli-'));
  const path = (name: string) => join(folder, name);

  beforeAll(async () => {
    house = await openTestHouse();
    vi.stubEnv('DATABASE_URL', house.appUrl);
    vi.stubEnv('DATABASE_OWNER_URL', house.ownerUrl);
    vi.stubEnv('LEVEE_DATA_DIR', folder);
    vi.stubEnv('LEVEE_LOG_LEVEL', 'error');
    vi.spyOn(console, 'log').mockImplementation((text: string) => void said.push(text));
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      said.push(String(text));
      return true;
    });
    vi.spyOn(console, 'error').mockImplementation((text: string) => void said.push(text));
    writeFileSync(path('list.csv'), LIST);
    writeFileSync(path('good.csv'), GOOD);
    writeFileSync(path('links.csv'), 'from,to\nQ-1,Q-2\n');
  });
  afterAll(async () => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
    process.exitCode = 0;
    await house.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const levee = async (...argv: string[]): Promise<{ code: number; text: string }> => {
    said = [];
    process.exitCode = 0;
    const code = await run(argv);
    process.exitCode = 0;
    return { code, text: said.join('\n') };
  };
  const cases = async () =>
    (await house.asSuperuser<{ external_id: string }>('select external_id from case_file order by 1')).map(
      (row) => row.external_id,
    );

  it('a dry run writes nothing, says what is wrong and which column is not kept, and ends with 3 [B1 R1]', async () => {
    const { code, text } = await levee('import', path('list.csv'), '--dry-run');
    expect(code).toBe(3);
    expect(text).toMatch(/民族 → ✗/);
    expect(text).toMatch(/date_impossible/);
    expect(await cases()).toEqual([]);
    expect(await house.asSuperuser('select from import_row')).toEqual([]);
  });

  it('what can come in does, the rest is in a file with its reason, and it ends with 3 [B1]', async () => {
    const { code, text } = await levee('import', path('list.csv'), '--into', 'test');
    expect([code, await cases()]).toEqual([3, ['P-1', 'P-3']]);
    expect(text).toContain('3 行 rows = 2');
    const failed = readFileSync(path('list.csv.not-imported.csv'), 'utf8');
    expect(failed).toMatch(/P-2,2022-06-31/);
    expect(failed).not.toContain('民族');
    expect((await levee('import', '--undo', /import (\S+)/.exec(text)![1]!)).code).toBe(0);
    expect(await cases()).toEqual([]);
  });

  it('a list in which every row is right ends with 0, comes out again the same, cases and links [B1 B6]', async () => {
    const { code, text } = await levee('import', path('good.csv'), '--contacts', path('links.csv'));
    expect(code).toBe(0);
    const list = /line list (\S+)/.exec(text)![1]!;
    expect((await levee('export', '--line-list', list, '-o', path('out.csv'))).code).toBe(0);
    expect(readFileSync(path('out.csv'), 'utf8')).toMatch(
      /^id,classification,.*\r\nQ-1,suspected,,2022-06-01/,
    );
    await levee('export', '--line-list', list, '--contacts', '-o', path('out-links.csv'));
    expect(readFileSync(path('out-links.csv'), 'utf8')).toContain('Q-1,Q-2,,');
    const [entry] = await house.asSuperuser(
      `select actor_name, purpose from audit_entry where route = 'cases.exportCases' and outcome = 'done'`,
    );
    expect(entry).toMatchObject({ purpose: 'case_investigation' });
  });

  it('over HTTP it is the person who signs in, within their rights', async () => {
    const investigator = await house.signIn('epidemiologist', '632521');
    vi.stubEnv('LEVEE_PASSWORD', investigator.password);
    const as = ['--url', house.url, '--account', investigator.username];
    expect((await levee('import', path('good.csv'), '--into', 'http', ...as)).code).toBe(0);
    const desk = await house.signIn('field_worker', '632521');
    vi.stubEnv('LEVEE_PASSWORD', desk.password);
    const refused = await levee('import', path('good.csv'), '--url', house.url, '--account', desk.username);
    expect(refused.code).toBe(1);
    expect(refused.text).toContain('没有此项权限');
  });

  it('called wrongly it ends with 2 and names what is wrong; refused it ends with 1 and leaves no file', async () => {
    expect((await levee('import')).code).toBe(2);
    const mapped = await levee('import', path('good.csv'), '--map', 'nosuch=hospital');
    expect([mapped.code, mapped.text.includes('nosuch')]).toEqual([2, true]);
    expect((await levee('import', path('good.csv'), '--date-order', 'sideways')).code).toBe(2);
    const gone = '00000000-0000-7000-8000-00000000dead';
    expect((await levee('import', path('good.csv'), '--line-list', gone)).code).toBe(1);
    expect(existsSync(path('good.csv.not-imported.csv'))).toBe(false);
  });
});
