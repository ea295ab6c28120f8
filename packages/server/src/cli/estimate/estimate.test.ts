/** The command as people run it: a process, files in, text out, an exit code. */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';

const LEVEE = join(import.meta.dirname, '../../../bin/levee.mjs');
const folder = mkdtempSync(join(tmpdir(), 'levee-estimate-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, ...lines: string[]): string {
  writeFileSync(join(folder, name), `${lines.join('\n')}\n`);
  return name;
}

type Run = { status: number; stdout: string; stderr: string };

function levee(...args: string[]): Promise<Run> {
  const options = { cwd: folder, env: { PATH: process.env.PATH, HOME: process.env.HOME } };
  return new Promise((resolve) => {
    execFile(process.execPath, [LEVEE, 'estimate', ...args], options, (error, stdout, stderr) =>
      resolve({ status: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}

/** The parsed answer of a run that must succeed. */
// biome-ignore lint/suspicious/noExplicitAny: each answer has its own shape, and the test names what it reads of it.
async function json(...args: string[]): Promise<any> {
  const { status, stdout, stderr } = await levee(...args, '--json');
  expect([status, stderr.includes('Error')]).toEqual([0, false]);
  return JSON.parse(stdout);
}

const CASES = [1, 0, 2, 3, 5, 4, 8, 9, 12, 10, 15, 14];
const day = (i: number) => `2022-08-${String(i + 1).padStart(2, '0')}`;
const INCIDENCE = () => file('incidence.csv', 'date,cases', ...CASES.map((cases, i) => `${day(i)},${cases}`));

it('rt gives each window with mean, sd and all seven quantiles, null before the serial interval has passed [A7]', async () => {
  const result = await json('rt', INCIDENCE(), '--serial-interval', 'gamma:2.6,1.5', '--window', '7');
  expect(Object.keys(result)).toEqual(['method', 'windows']);
  expect(result.method).toBe('cori');
  expect(result.windows.map((one: { tStart: number; tEnd: number }) => [one.tStart, one.tEnd])).toEqual([
    [2, 8],
    [3, 9],
    [4, 10],
    [5, 11],
    [6, 12],
  ]);
  const quantiles = ['0.025', '0.05', '0.25', '0.5', '0.75', '0.95', '0.975'];
  for (const window of result.windows) {
    expect(Object.keys(window)).toEqual(['tStart', 'tEnd', 'mean', 'sd', 'quantiles']);
    expect(Object.keys(window.quantiles).sort()).toEqual(quantiles);
    const values = quantiles.map((level) => window.quantiles[level]);
    expect(values).toEqual(values.toSorted((a, b) => a - b));
  }
  const short = await json('rt', 'incidence.csv', '--serial-interval', 'gamma:9,3', '--window', '3');
  expect(short.windows[0]).toMatchObject({
    tStart: 2,
    tEnd: 4,
    mean: null,
    sd: null,
    quantiles: { '0.5': null },
  });
});

it('rt from a file of the same probabilities gives the same R; imported cases lower it; Wallinga–Teunis is there [A7]', async () => {
  INCIDENCE();
  // Gamma 2.6, 1.5 discretised, as printed in EpiEstim's documentation.
  const si = [
    0, 0.23317, 0.35858, 0.19811, 0.10334, 0.05291, 0.02682, 0.01352, 0.00678, 0.00338, 0.00169, 0.00084,
    0.00042,
  ];
  file('si.csv', 'day,probability', ...si.map((probability, i) => `${i},${probability}`));
  const parametric = await json('rt', 'incidence.csv', '--serial-interval', 'gamma:2.6,1.5');
  const fromFile = await json('rt', 'incidence.csv', '--serial-interval', 'file:si.csv');
  expect(fromFile.windows.at(-1).mean).toBeCloseTo(parametric.windows.at(-1).mean, 3);

  file(
    'imported.csv',
    'date,cases,imported',
    ...CASES.map((cases, i) => `${day(i)},${cases},${cases > 3 ? 3 : 0}`),
  );
  const imported = await json('rt', 'imported.csv', '--serial-interval', 'gamma:2.6,1.5');
  expect(imported.windows.at(-1).mean).toBeLessThan(parametric.windows.at(-1).mean);

  const cohort = await json(
    'rt',
    'incidence.csv',
    '--serial-interval',
    'file:si.csv',
    '--method',
    'wallinga-teunis',
  );
  expect(cohort.method).toBe('wallinga-teunis');
  expect(Object.keys(cohort)).toEqual(['method', 'windows']);
  for (const { mean, quantiles } of cohort.windows) {
    const levels = Object.keys(quantiles).toSorted();
    expect(levels).toEqual(['0.025', '0.05', '0.25', '0.5', '0.75', '0.95', '0.975']);
    const values = levels.map((level) => quantiles[level]);
    expect(values).toEqual(values.toSorted((a, b) => a - b));
    expect(values[0]).toBeLessThanOrEqual(mean);
    expect(values[6]).toBeGreaterThanOrEqual(mean);
  }
});

it('missing days are refused by name, or counted as 0 when told so [A7]', async () => {
  file('gaps.csv', 'date,cases', '2022-08-01,4', '2022-08-02,6', '2022-08-05,7', '2022-08-09,3');
  const refused = await levee('rt', 'gaps.csv', '--serial-interval', 'gamma:2.6,1.5');
  expect(refused.status).toBe(1);
  expect(refused.stderr).toContain(
    'gaps.csv: no row for 2022-08-03, 2022-08-04, 2022-08-06, 2022-08-07, 2022-08-08',
  );
  expect(refused.stderr).toContain('--fill-zero');
  const filled = await json(
    'rt',
    'gaps.csv',
    '--serial-interval',
    'gamma:2.6,1.5',
    '--window',
    '3',
    '--fill-zero',
  );
  expect(filled.windows).toHaveLength(6);
});

it('a bad value is named with its row and ends with 1; wrong usage ends with 2 [A7]', async () => {
  const bad = (name: string, ...lines: string[]) =>
    levee('rt', file(name, ...lines), '--serial-interval', 'gamma:2.6,1.5');
  const cases: [string, string[], string][] = [
    ['count.csv', ['date,cases', '2022-08-01,4', '2022-08-02,x'], 'row 2 (line 3), cases: "x"'],
    ['negative.csv', ['date,cases', '2022-08-01,-4'], 'row 1 (line 2), cases: "-4"'],
    ['date.csv', ['date,cases', '2022-02-30,4'], 'row 1 (line 2), date: "2022-02-30"'],
    [
      'twice.csv',
      ['date,cases', '2022-08-01,4', '2022-08-01,5'],
      'row 2 (line 3), date: "2022-08-01" was given before',
    ],
    [
      'import.csv',
      ['date,cases,imported', '2022-08-01,4,5'],
      'row 1 (line 2), imported: "5" is more than the 4 cases',
    ],
    ['column.csv', ['date,count', '2022-08-01,4'], 'has no column "cases"; its columns are date, count'],
    [
      'capitals.csv',
      ['Date,Cases', '2022-08-01,4'],
      'has no column "date"; its columns are Date, Cases; rename Date',
    ],
    ['semicolons.csv', ['date;cases', '2022-08-01;4'], 'separated by ";": save it with commas'],
    [
      'slashes.csv',
      ['date,cases', '2022/8/1,4'],
      'row 1 (line 2), date: "2022/8/1" is not a day written YYYY-MM-DD; write 2022-08-01',
    ],
    [
      'american.csv',
      ['date,cases', '8/1/2022,4'],
      'row 1 (line 2), date: "8/1/2022" is not a day written YYYY-MM-DD',
    ],
    [
      'missing.csv',
      ['date,cases', '2022-08-01,4', '2022-08-02,'],
      'row 2 (line 3), cases: "" is not a number from 0; write 0',
    ],
    ['huge.csv', ['date,cases', '2022-08-01,99999999999999999999'], 'cases: "99999999999999999999"'],
    ['double.csv', ['date,cases,cases', '2022-08-01,4,5'], 'has the column "cases" twice'],
    [
      'longer.csv',
      ['date,cases', '2022-08-01,4', '2022-08-02,1,000'],
      'row 2 (line 3): 3 cells under 2 columns',
    ],
    ['quote.csv', ['date,cases', '2022-08-01,"4'], 'quote.csv: Quote Not Closed'],
    ['nothing.csv', [], 'it is empty; its first line must name the columns'],
  ];
  const refusals = await Promise.all(
    cases.map(async ([name, lines, message]) => ({ message, ...(await bad(name, ...lines)) })),
  );
  for (const { message, status, stderr, stdout } of refusals) {
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('    at ');
  }
  expect((await levee('rt', 'nowhere.csv', '--serial-interval', 'gamma:2.6,1.5')).status).toBe(1);
  const si = file('bad-si.csv', 'day,probability', '1,0.4', '2,0.6');
  expect((await levee('rt', INCIDENCE(), '--serial-interval', `file:${si}`)).stderr).toContain(
    'day: "1" should be 0',
  );
  const intervals: [string[], string][] = [
    [['0,0.2', '1,0.8'], 'row 1 (line 2), probability: "0.2" must be 0 on day 0'],
    [['0,0', '1,0.8'], 'the probabilities sum to 0.8; they must sum to 1 within 0.01'],
    [['0,0', '1,1.4', '2,-0.4'], 'row 2 (line 3), probability: "1.4" is not a probability'],
  ];
  for (const [lines, message] of intervals) {
    file('odd-si.csv', 'day,probability', ...lines);
    for (const command of ['rt', 'forecast']) {
      const refused = await levee(command, 'incidence.csv', '--serial-interval', 'file:odd-si.csv');
      expect([refused.status, refused.stderr]).toEqual([1, expect.stringContaining(message)]);
    }
  }

  const usages = [
    ['rt', 'incidence.csv'],
    ['rt', 'incidence.csv', '--serial-interval', 'gamma:2.6'],
    ['rt', 'incidence.csv', '--serial-interval', 'gamma:2.6,1.5', '--window', '0'],
    ['rt', 'incidence.csv', '--serial-interval', 'gamma:2.6,1.5', '--method', 'guess'],
    ['nothing'],
    ['rt', 'incidence.csv', '--serial-interval', 'gamma:2.6,1.5', '--windows', '7'],
  ];
  const statuses = await Promise.all(usages.map(async (usage) => [usage, (await levee(...usage)).status]));
  expect(statuses).toEqual(usages.map((usage) => [usage, 2]));
  expect(await levee('rt', '--help')).toMatchObject({ status: 0 });
});

it('a file as a spreadsheet saves it reads as a plain one: byte order mark, CRLF, quotes, empty lines, any order [A7]', async () => {
  const plain = await json('rt', INCIDENCE(), '--serial-interval', 'gamma:2.6,1.5');
  const rows = CASES.map((cases, i) => `"${day(i)}", "${cases}"`).toReversed();
  const saved = ['\uFEFF', 'date,cases', '', ...rows.slice(0, 5), ',', ...rows.slice(5), '', ''].join('\r\n');
  writeFileSync(join(folder, 'saved.csv'), saved.replace('\uFEFF\r\n', '\uFEFF'));
  expect(await json('rt', 'saved.csv', '--serial-interval', 'gamma:2.6,1.5')).toEqual(plain);
  writeFileSync(join(folder, 'gbk.csv'), Buffer.from([0x64, 0x61, 0x74, 0x65, 0x2c, 0xb2, 0xa1, 0x0a]));
  expect((await levee('rt', 'gbk.csv', '--serial-interval', 'gamma:2.6,1.5')).stderr).toContain(
    'gbk.csv is not UTF-8 text; save it as "CSV UTF-8"',
  );
});

it('too few days for a window, and no case at all, are said plainly and end well [A7]', async () => {
  const rt = (name: string, ...more: string[]) =>
    levee('rt', name, '--serial-interval', 'gamma:2.6,1.5', '--json', ...more);
  const one = await rt(file('single.csv', 'date,cases', '2022-08-01,4'));
  expect([one.status, JSON.parse(one.stdout).windows]).toEqual([0, []]);
  expect(one.stderr).toContain('1 days are too few for windows of 7 days');
  expect((await rt(INCIDENCE(), '--window', '12')).stderr).toContain('12 days are too few');
  file('zeros.csv', 'date,cases', ...[0, 0, 0, 0, 0].map((cases, i) => `${day(i)},${cases}`));
  // Without any case Cori's posterior is the prior; Wallinga and Teunis have nobody to speak of.
  const cori = JSON.parse((await rt('zeros.csv', '--window', '3')).stdout);
  expect(cori.windows.at(-1)).toMatchObject({ mean: 5, sd: 5 });
  const cohort = await rt('zeros.csv', '--window', '3', '--method', 'wallinga-teunis', '--plot', 'zeros.svg');
  expect(JSON.parse(cohort.stdout).windows[0]).toMatchObject({ mean: null, quantiles: { '0.5': null } });
  expect(readFileSync(join(folder, 'zeros.svg'), 'utf8')).not.toMatch(/NaN|Infinity|undefined/);
});

it('--fill-zero counts a day without a number as one without a case [A7]', async () => {
  file(
    'holes.csv',
    'date,cases,imported',
    '2022-08-01,4,1',
    '2022-08-02,,',
    '2022-08-04,NA,',
    '2022-08-05,7,0',
  );
  file(
    'filled.csv',
    'date,cases,imported',
    '2022-08-01,4,1',
    '2022-08-02,0,0',
    '2022-08-03,0,0',
    '2022-08-04,0,0',
    '2022-08-05,7,0',
  );
  const of = (name: string, ...more: string[]) =>
    json('rt', name, '--serial-interval', 'gamma:2.6,1.5', '--window', '2', ...more);
  expect(await of('holes.csv', '--fill-zero')).toEqual(await of('filled.csv'));
});

it('chains tells cases, links, impossible and ambiguous links with rows as in the file, and serial intervals [B6]', async () => {
  file('linelist.csv', 'id,date_onset', 'a,2022-08-01', 'b,2022-08-04', 'c,2022-08-06', 'd,', 'e,2022-07-20');
  file('contacts.csv', 'from,to', 'a,b', 'a,c', 'b,c', 'c,d', 'c,e', 'x,a', 'a,b');
  const chains = await json('chains', 'linelist.csv', 'contacts.csv');
  expect(chains.cases).toHaveLength(5);
  expect(chains.links.map((link: { row: number }) => link.row)).toEqual([1, 2, 3, 4]);
  expect(chains.infecteesPerInfector).toMatchObject([
    { id: 'a', infecteesCount: 2 },
    { id: 'b', infecteesCount: 1 },
    { id: 'c', infecteesCount: 1 },
  ]);
  expect(chains.generations.map((one: { casesCount: number }) => one.casesCount)).toEqual([2, 2, 1]);
  expect(chains.clusters).toMatchObject([{ ids: ['a', 'b', 'c', 'd'], casesCount: 4 }]);
  expect(chains.serialIntervals).toMatchObject({ n: 4, mean: (3 + 5 + 2 - 17) / 4 });
  expect(chains.impossible).toMatchObject([
    { row: 5, from: 'c', to: 'e', reason: 'onset_before_infector', serialIntervalDays: -17 },
    { row: 6, from: 'x', to: 'a', reason: 'unknown_id', unknownIds: ['x'] },
  ]);
  expect(chains.repeated).toMatchObject([{ row: 7, firstRow: 1 }]);
  expect(chains.ambiguous).toEqual([{ to: 'c', from: ['a', 'b'], rows: [2, 3] }]);

  const offspring = await json('offspring', 'linelist.csv', 'contacts.csv');
  expect(offspring).toMatchObject({
    casesCount: 5,
    infecteesCount: 4,
    R: { estimate: 0.8 },
    k: { estimate: 'Infinity' },
  });
  // c → e, 17 days early: possible where people infect before they fall ill.
  const negative = await json('chains', 'linelist.csv', 'contacts.csv', '--allow-negative');
  expect(negative.impossible.map((link: { reason: string }) => link.reason)).toEqual(['unknown_id']);
  expect(negative.serialIntervals).toMatchObject({ n: 4, negativeCount: 1 });
  file('again.csv', 'id', 'a', 'a');
  expect((await levee('chains', 'again.csv', 'contacts.csv')).stderr).toContain(
    'row 2 (line 3), id: "a" was given before, in row 1',
  );
});

it('offspring reads counts of cases, grouped or one a row, and gives R and k with intervals [B6]', async () => {
  file('grouped.csv', 'infectees,cases', '0,40', '1,6', '3,2', '9,1', '14,1');
  const { casesCount, R, k, casesProportion } = await json('offspring', 'grouped.csv', '--level', '0.9');
  expect([casesCount, R.estimate, R.level]).toEqual([50, 35 / 50, 0.9]);
  expect(k.low).toBeLessThan(k.estimate);
  expect(k.high).toBeGreaterThan(k.estimate);
  expect(casesProportion).toBeLessThan(0.2);
});

it('severity is naive, resolved and adjusted; an outcome nobody named is refused [A7]', async () => {
  file(
    'outcomes.csv',
    'id,date_onset,outcome,date_outcome',
    'a,2022-08-01,Death,2022-08-09',
    'b,2022-08-02,recovered,2022-08-12',
    'c,2022-08-05,alive,',
    'd,2022-08-08,,',
    'e,,recovered,2022-08-10',
  );
  const severity = await json(
    'severity',
    'outcomes.csv',
    '--onset-to-death',
    'gamma:8,4',
    '--until',
    '2022-08-14',
  );
  expect(severity).toMatchObject({
    casesCount: 5,
    deathsCount: 1,
    recoveredCount: 2,
    undatedCount: 1,
    naive: { estimate: 0.2 },
    resolved: { estimate: 1 / 3, resolvedCount: 3 },
  });
  expect(severity.delayAdjusted.estimate).toBeGreaterThan(0.25);
  file('strange.csv', 'id,outcome', 'a,death', 'b,away');
  expect((await levee('severity', 'strange.csv')).stderr).toContain(
    'row 2 (line 3), outcome: "away" is not known',
  );
  expect((await json('severity', 'strange.csv', '--recovered', 'away')).resolved.estimate).toBe(0.5);
  file('daily.csv', 'date,cases,deaths', '2022-08-01,10,0', '2022-08-02,10,4');
  expect((await json('severity', 'daily.csv')).naive.estimate).toBe(0.2);
});

it('secondary-attack-rate reads households or persons alike [A7]', async () => {
  file('households.csv', 'household,exposed,infected', 'h1,4,1', 'h2,3,3', 'h3,5,0');
  const people = ['h1,1', 'h1,0', 'h1,0', 'h1,0', 'h2,yes', 'h2,1', 'h2,true', ...new Array(5).fill('h3,no')];
  file('people.csv', 'household,infected', ...people);
  const byHousehold = await json('secondary-attack-rate', 'households.csv');
  expect(byHousehold).toMatchObject({ estimate: 4 / 12, infectedCount: 4, exposedCount: 12, groupsCount: 3 });
  expect(await json('secondary-attack-rate', 'people.csv')).toEqual(byHousehold);
  file('more.csv', 'household,exposed,infected', 'h1,2,3');
  expect((await levee('secondary-attack-rate', 'more.csv')).stderr).toContain(
    'row 1 (line 2), infected: "3" is more than the 2',
  );
});

it('delay fits the columns named, leaves out rows without a day, and refuses the second before the first [A7]', async () => {
  const rows = [3, 4, 2, 5, 6, 3, 4, 8, 1, 4].map((delay, i) => `c${i},${day(i)},${day(i + delay)}`);
  file('delays.csv', 'id,date_onset,date_reporting', ...rows, 'x,2022-08-01,');
  const delay = await json('delay', 'delays.csv', '--cutoff', '2022-08-20', '--family', 'gamma,weibull');
  expect(delay).toMatchObject({ recordsCount: 10, skippedCount: 1, cutoff: '2022-08-20', unit: 'day' });
  expect(delay.fits).toHaveLength(2);
  expect(delay.best.mean.estimate).toBeGreaterThan(3.5);
  expect(delay.best.quantiles['0.5'].low).toBeLessThan(delay.best.quantiles['0.5'].high);
  file('reversed.csv', 'date_onset,date_reporting', '2022-08-05,2022-08-04');
  expect((await levee('delay', 'reversed.csv')).stderr).toContain(
    'row 1 (line 2), date_reporting: "2022-08-04" is before date_onset, "2022-08-05"',
  );
});

it('nowcast and forecast give the same numbers for the same seed [A7]', async () => {
  const rows = Array.from(
    { length: 60 },
    (_, i) => `${day(i % 12)},${day((i % 12) + (Math.floor(i / 12) % 4))}`,
  );
  file('reports.csv', 'date_onset,date_reporting', ...rows);
  const run = () => json('nowcast', 'reports.csv', '--until', '2022-08-12', '--seed', '3');
  const nowcast = await run();
  expect(await run()).toEqual(nowcast);
  expect(nowcast.days.at(-1)).toMatchObject({ date: '2022-08-12', reportedCount: 2 });
  expect(nowcast.days.at(-1).estimate).toBeGreaterThan(2);
  expect(nowcast.total.low).toBeGreaterThanOrEqual(nowcast.total.reportedCount);

  const forecast = await json(
    'forecast',
    INCIDENCE(),
    '--serial-interval',
    'gamma:2.6,1.5',
    '--r',
    '1.2',
    '--k',
    '0.3',
    '--days',
    '5',
  );
  expect(forecast.days.map((one: { date: string }) => one.date)).toEqual([12, 13, 14, 15, 16].map(day));
  expect(forecast).toMatchObject({ R: { mean: 1.2, sd: 0 }, k: 0.3, seed: 1 });
});

it('aberration gives every epoch with its bound: EARS on days, Farrington on weeks with its settings as options [A7]', async () => {
  file('days.csv', 'date,count', ...[4, 5, 3, 6, 4, 5, 4, 5, 30].map((count, i) => `${day(i)},${count}`));
  const { method, epochs } = await json('aberration', 'days.csv', '--method', 'c1');
  expect(method).toBe('c1');
  expect(epochs.map((one: { index: number }) => one.index)).toEqual([8, 9]);
  // Mean and sd of the seven days before, 3.09 the normal quantile of 1 - 0.001.
  expect(Object.keys(epochs[0])).toEqual(['index', 'observed', 'expected', 'upper', 'alarm']);
  expect(epochs[0]).toMatchObject({ observed: 5, alarm: false });
  expect(epochs[0].expected).toBeCloseTo(31 / 7, 10);
  expect(epochs[1].alarm).toBe(true);

  const weekly = Array.from(
    { length: 300 },
    (_, i) => Math.round(6 + 4 * Math.sin((2 * Math.PI * i) / 52)) + (i % 3),
  );
  file('weeks.csv', 'count', ...weekly.slice(0, -1).map(String), '60');
  const settings =
    '--from 290 --years 3 --half-window 3 --periods 10 --exclude-recent 26 --threshold nb-plugin --alpha 0.01 --reweight 2.58 --trend-p 0.05';
  const farrington = await json('aberration', 'weeks.csv', '--method', 'farrington', ...settings.split(' '));
  expect(farrington.epochs).toHaveLength(11);
  expect(farrington.epochs.at(-1)).toMatchObject({ index: 300, observed: 60, alarm: true });
  const refused = await levee('aberration', file('bad.csv', 'count', '3', '-1'), '--method', 'c1');
  expect([refused.status, refused.stderr.includes('row 2 (line 3), count: "-1"')]).toEqual([1, true]);
  expect((await levee('aberration', 'weeks.csv', '--threshold', 'guess')).status).toBe(2);
});

it('an empty line in a single column is not skipped, a setting of another method and a short series are named [A7]', async () => {
  const values = ['3', 'NA', '5', '4', '3', '5', '2', '3', '4', '5', '6'];
  const { epochs } = await json('aberration', file('na.csv', 'count', ...values, '', ''), '--method', 'c1');
  expect(epochs.map((one: { upper: number | null }) => one.upper === null)).toEqual([
    true,
    true,
    false,
    false,
  ]);
  const gap = await levee('aberration', file('gap.csv', 'count', '3', '', '5'), '--method', 'c1');
  expect([gap.status, gap.stderr]).toEqual([1, expect.stringContaining('line 3 is empty; write NA')]);
  const foreign = await levee('aberration', 'na.csv', '--method', 'c1', '--years', '2');
  expect([foreign.status, foreign.stderr]).toEqual([0, 'c1 does not use --years\n']);
  const short = await levee('aberration', file('short.csv', 'count', '3', '4'), '--json');
  expect([short.status, JSON.parse(short.stdout)]).toEqual([0, { method: 'farrington', epochs: [] }]);
  expect(short.stderr).toContain('2 epochs are too few history for farrington');
  const backwards = await levee('aberration', 'na.csv', '--method', 'c1', '--from', '10', '--until', '9');
  expect([backwards.status, backwards.stderr]).toEqual([1, 'from is 10, after until, which is 9\n']);
});

it('with --population-offset counts are judged against the people there are [A7]', async () => {
  // Twice the people and twice the cases in the last year: more than before, and no more than expected.
  const rows = Array.from({ length: 170 }, (_, i) => (i < 118 ? '6,1000' : '12,2000'));
  file('people.csv', 'count,population', ...rows);
  const last = async (...more: string[]) =>
    (await json('aberration', 'people.csv', '--years', '2', '--no-trend', '--from', '170', ...more))
      .epochs[0];
  expect(await last('--population-offset')).toMatchObject({ observed: 12, expected: expect.closeTo(12, 6) });
  expect((await last()).expected).toBeLessThan(11);
  file('nobody.csv', 'count,population', '3,10', '3,0');
  expect((await levee('aberration', 'nobody.csv', '--population-offset')).stderr).toContain(
    'row 2 (line 3), population: "0" is not a number above 0',
  );
});

it('growth gives rate, doubling time and R; too few days are said plainly [A7]', async () => {
  file('double.csv', 'date,cases', ...[4, 8, 16, 32, 64, 128].map((cases, i) => `${day(i)},${cases}`));
  const growth = await json('growth', 'double.csv', '--generation-interval', 'gamma:3,1.5');
  expect(growth.growthRate.estimate).toBeCloseTo(Math.LN2, 6);
  expect(growth.doublingTimeDays.estimate).toBeCloseTo(1, 6);
  expect(growth.R.estimate).toBeGreaterThan(3);
  file('one.csv', 'date,cases', '2022-08-01,1');
  expect((await levee('growth', 'one.csv')).stdout).toContain('too few days with cases');
  expect((await levee('growth', 'double.csv', '--from', '2022-09-01')).stderr).toContain(
    '--from 2022-09-01 is not among the days',
  );
});

it('an empty file with a header and a single case have answers, not crashes [A7]', async () => {
  const empty = file('empty.csv', 'date,cases');
  expect((await json('rt', empty, '--serial-interval', 'gamma:2.6,1.5')).windows).toEqual([]);
  file('nobody.csv', 'id,date_onset,outcome');
  file('nothing.csv', 'from,to');
  expect((await json('chains', 'nobody.csv', 'nothing.csv')).cases).toEqual([]);
  expect((await json('severity', 'nobody.csv')).naive.estimate).toBeNull();
  expect((await json('offspring', 'nobody.csv', 'nothing.csv')).R.estimate).toBeNull();
});

it('--plot draws an SVG that names what it shows, beside the table [A7]', async () => {
  const { status, stdout } = await levee(
    'rt',
    INCIDENCE(),
    '--serial-interval',
    'gamma:2.6,1.5',
    '--plot',
    'rt.svg',
  );
  expect(status).toBe(0);
  expect(stdout.split('\n')[0]).toMatch(/^from +until +tStart +tEnd +mean +sd/);
  const svg = readFileSync(join(folder, 'rt.svg'), 'utf8');
  expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/);
  expect(svg).toContain('<title>Reproduction number (cori), with 50 % and 95 % interval</title>');
  expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  expect(
    (await levee('rt', 'incidence.csv', '--serial-interval', 'gamma:2.6,1.5', '--plot', 'no/where.svg'))
      .status,
  ).toBe(1);
});

const shared = findShared(import.meta.dirname);
if (shared === null) console.warn('skipped: no shared/data/outbreaks folder above the checkout');

it.skipIf(shared === null)(
  'Zika Girardot 2015 as published by EpiEstim: R of days 37–43 and 55–61 [A7]',
  async () => {
    const lines = readFileSync(join(shared!, 'zika_girardot_2015.csv'), 'utf8')
      .trim()
      .split(/\r?\n/)
      .slice(1);
    file('zika.csv', 'date,cases', ...lines.map((line) => line.replaceAll('"', '')));
    const { windows } = await json('rt', 'zika.csv', '--serial-interval', 'gamma:14,2', '--fill-zero');
    const at = (tStart: number) => windows.find((window: { tStart: number }) => window.tStart === tStart);
    expect(at(37).mean).toBeCloseTo(1.057, 3);
    expect(at(37).quantiles['0.025']).toBeCloseTo(0.937, 3);
    expect(at(55).quantiles['0.975']).toBeCloseTo(0.324, 3);
  },
);

function findShared(start: string): string | null {
  for (let above = start; ; above = dirname(above)) {
    const candidate = join(above, 'shared/data/outbreaks');
    if (existsSync(candidate)) return candidate;
    if (dirname(above) === above) return null;
  }
}

it('rt takes a smoothed series as estimate_R does, and refuses it by row and value where cases must be whole [A7]', async () => {
  const smoothed = [2.5, 3.2, 0.4, 4.1, 6.7, 3.3, 8.2, 9.9, 4.5, 7.7, 10.1, 12.3, 5.5, 6.1, 9.4];
  file('smoothed.csv', 'date,cases', ...smoothed.map((cases, i) => `${day(i)},${cases}`));
  const { windows } = await json('rt', 'smoothed.csv', '--serial-interval', 'gamma:2.6,1.5');
  // EpiEstim 2.2-4: estimate_R(c(2.5, 3.2, …), method = "parametric_si", …)$R
  expect(windows[0].mean).toBeCloseTo(1.939194, 6);
  expect(windows[0].sd).toBeCloseTo(0.3196667, 6);
  expect(windows[0].quantiles['0.025']).toBeCloseTo(1.3639567, 6);
  expect(windows[7].mean).toBeCloseTo(1.036946, 6);
  expect(windows[7].quantiles['0.975']).toBeCloseTo(1.324003, 6);
  for (const args of [
    ['rt', 'smoothed.csv', '--serial-interval', 'gamma:2.6,1.5', '--method', 'wallinga-teunis'],
    ['growth', 'smoothed.csv'],
  ]) {
    const refused = await levee(...args);
    expect([refused.status, refused.stderr.trim()]).toEqual([
      1,
      'smoothed.csv, row 1 (line 2), cases: "2.5" is not a whole number from 0',
    ]);
  }
  file('wrong.csv', 'date,cases', '2022-08-01,2.5', '2022-08-02,-0.5');
  const negative = await levee('rt', 'wrong.csv', '--serial-interval', 'gamma:2.6,1.5');
  expect([negative.status, negative.stderr]).toEqual([
    1,
    'wrong.csv, row 2 (line 3), cases: "-0.5" is not a number from 0\n',
  ]);
});

it('rt takes an uncertain serial interval by the names of make_config, near to uncertain_si of EpiEstim [A7]', async () => {
  const cases = [2, 3, 0, 4, 7, 3, 8, 10, 4, 8, 10, 12, 6, 6, 9];
  file('whole.csv', 'date,cases', ...cases.map((count, i) => `${day(i)},${count}`));
  const uncertain =
    'uncertain:mean_si=2.6,std_mean_si=0.5,min_mean_si=1.2,max_mean_si=4,std_si=1.5,std_std_si=0.3,min_std_si=0.5,max_std_si=2.5';
  const { windows } = await json('rt', 'whole.csv', '--serial-interval', uncertain, '--n1', '1000');
  // EpiEstim 2.2-4 with n1 = 1000, n2 = 1000, seed = 1: another draw of the same intervals, so within its sampling error.
  for (const [at, mean, sd, low, high] of [
    [0, 2.038, 0.471, 1.265, 3.103],
    [2, 1.534, 0.268, 1.072, 2.123],
    [7, 1.039, 0.141, 0.781, 1.334],
  ] as const) {
    const { quantiles, ...window } = windows[at];
    const ratios = [window.mean / mean, window.sd / sd, quantiles['0.025'] / low, quantiles['0.975'] / high];
    for (const ratio of ratios) expect(Math.abs(ratio - 1), `window ${at}`).toBeLessThan(0.02);
  }
  const incomplete = await levee('rt', 'whole.csv', '--serial-interval', 'uncertain:mean_si=2.6');
  expect([incomplete.status, incomplete.stderr]).toEqual([
    2,
    expect.stringContaining('std_mean_si is missing'),
  ]);
  const outside = uncertain.replace('max_mean_si=4', 'max_mean_si=2');
  const refused = await levee('rt', 'whole.csv', '--serial-interval', outside);
  expect([refused.status, refused.stderr]).toEqual([1, expect.stringContaining('is 2.6 within 1.2 to 2')]);
  const cohort = await levee(
    'rt',
    'whole.csv',
    '--serial-interval',
    uncertain,
    '--method',
    'wallinga-teunis',
  );
  expect([cohort.status, cohort.stderr]).toEqual([1, expect.stringContaining('--method cori')]);
});
