import { readFileSync } from 'node:fs';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { COLUMNS, CONTACT_COLUMNS, HOSPITALS, type LineListRow, makeLineList, toCsv } from './line-list.ts';

const read = (name: string) => readFileSync(new URL(`../../data/demo/${name}`, import.meta.url));
const { rows, contacts } = makeLineList();
const {
  rowCount,
  contactCount,
  lineList,
  contacts: inContacts,
} = JSON.parse(read('planted.json').toString());
const counted = (count: (row: LineListRow) => boolean) => rows.filter(count).length;
const linesWhere = (holds: (row: LineListRow) => boolean) =>
  rows.flatMap((row, i) => (holds(row) ? [i + 2] : []));

describe('the demonstration line list', () => {
  it('in the repository is what the script makes, in UTF-8 and in GBK', () => {
    expect(read('line-list.csv').toString()).toBe(toCsv(COLUMNS, rows));
    expect(iconv.decode(read('line-list.gbk.csv'), 'gbk')).toBe(toCsv(COLUMNS, rows, '\r\n'));
    expect(read('contacts.csv').toString()).toBe(toCsv(CONTACT_COLUMNS, contacts));
    expect([rows.length, contacts.length]).toEqual([rowCount, contactCount]);
    expect([rowCount, contactCount]).toEqual([120, 119]);
  });

  it('holds exactly the errors it says, found again from the rows alone [B1]', () => {
    const iso = /^\d{4}-\d{2}-\d{2}$/;
    const slashed = /^(\d{2})\/(\d{2})\/2022$/;
    expect(linesWhere((r) => r.date_outcome !== '' && r.date_onset > r.date_outcome)).toEqual(
      lineList.onset_after_outcome.lines,
    );
    expect(linesWhere((r) => r.date_onset === '2022-06-31')).toEqual(lineList.impossible_day.lines);
    expect(linesWhere((r) => Number(slashed.exec(r.date_reporting)?.[1]) > 12)).toEqual(
      lineList.day_month_year.lines,
    );
    expect(linesWhere((r) => Number(slashed.exec(r.date_reporting)?.[1]) <= 12)).toEqual(
      lineList.day_month_ambiguous.lines,
    );
    expect(linesWhere((r) => r.date_reporting.startsWith('2032'))).toEqual(lineList.future_date.lines);
    expect(linesWhere((r) => !iso.test(r.date_admission))).toEqual(lineList.text_date.lines);
    expect(linesWhere((r) => !HOSPITALS.includes(r.hospital))).toEqual(lineList.misspelt_hospital.lines);
    expect(linesWhere((r) => Number(r.age) > 120)).toEqual(lineList.impossible_age.lines);
    expect(linesWhere((r) => /^[=+\-@]/.test(r.occupation))).toEqual(lineList.formula_cell.lines);
    const counts = Object.values(lineList as Record<string, { lines: number[] }>).map(
      ({ lines }) => lines.length,
    );
    expect(counts).toEqual([3, 2, 4, 2, 2, 2, 5, 1, 2, 2, 1]);
  });

  it('repeats two rows whole and one id with another person', () => {
    const texts = rows.map((row) => JSON.stringify(row));
    expect(rows.length - new Set(texts).size).toBe(2);
    expect(rows.length - new Set(rows.map(({ id }) => id)).size).toBe(3);
  });

  it('has at most one planted error in a row', () => {
    const lines = Object.values(lineList as Record<string, { lines: number[] }>).flatMap(
      (planted) => planted.lines,
    );
    expect(new Set(lines).size).toBe(lines.length);
  });

  it('gives nobody an ethnicity: the column is there to be dropped and says only that [R1]', () => {
    expect(counted((row) => row.民族 !== '不应导入')).toBe(0);
  });

  it('links known cases, each infected once, but for three planted links', () => {
    const ids = new Set(rows.map(({ id }) => id));
    const bad = contacts.flatMap(({ from, to }, i) =>
      !ids.has(from) || !ids.has(to) || from === to ? [i + 2] : [],
    );
    expect(bad).toEqual([...inContacts.unknown_case.lines, ...inContacts.self_contact.lines]);
    expect(new Set(contacts.map((link) => JSON.stringify(link))).size).toBe(contacts.length - 1);
  });
});
