import { expect, test } from 'vitest';
import { getPackOrThrow, packs } from './catalogue.ts';
import { comparePacks } from './compare-packs.ts';
import { describePack } from './describe-pack.ts';
import { SECTIONS } from './pack.ts';
import { covid19Cn9 } from './packs/covid19-cn-9.ts';
import { definePacks } from './registry.ts';
import { rulesOf } from './rule-tree.ts';

const nine = getPackOrThrow('covid19-cn-9');
const twenty = getPackOrThrow('covid19-cn-9-20m');

test('B5: the twenty measures change what they say they change, and nothing else', () => {
  const changes = comparePacks(nine, twenty);
  expect(changes.map(({ path, change }) => `${change} ${path}`)).toEqual([
    'changed management.classes.close',
    'changed management.classes.contact_of_contact',
    'changed management.classes.inbound',
    'changed management.classes.risk_post',
    'changed management.classes.high_area_history',
    'changed management.classes.medium_area_history',
    'changed areas.levels',
    'changed areas.highUnits',
    'removed areas.mediumUnits',
    'removed areas.measures.medium',
    'removed areas.steps.highToMedium',
    'removed areas.steps.highViaMediumToLow',
    'removed areas.steps.mediumToLow',
    'added areas.steps.highToLow',
    'added screening.scope.noOutbreak',
  ]);
});

test('B5: a change shows both readings in words', () => {
  const close = comparePacks(nine, twenty).find((change) => change.path === 'management.classes.close');
  expect(close?.label.zh).toBe('密切接触者');
  expect(close?.before?.text.zh).toBe('7天集中隔离（第1、2、3、5、7天检测） + 3天居家健康监测（第3天检测）');
  expect(close?.after?.text.zh).toBe('5天集中隔离（第1、2、3、5天检测） + 3天居家隔离（第1、3天检测）');
});

test('B5: a pack does not differ from itself, and comparing backwards mirrors the changes', () => {
  expect(comparePacks(nine, nine)).toEqual([]);
  const forwards = comparePacks(nine, twenty);
  const backwards = comparePacks(twenty, nine);
  expect(backwards.map((change) => change.path).sort()).toEqual(forwards.map((change) => change.path).sort());
  const mirror = { added: 'removed', removed: 'added', changed: 'changed' };
  for (const change of forwards) {
    expect(backwards.find((other) => other.path === change.path)?.change).toBe(mirror[change.change]);
  }
});

test('B5: a change of counting alone is a change', () => {
  const { close } = covid19Cn9.management.classes;
  const other = {
    ...covid19Cn9,
    id: 'other',
    management: {
      ...covid19Cn9.management,
      classes: {
        ...covid19Cn9.management.classes,
        close: { ...close, counting: { ...close.counting, anchorIsDay: 1 as const } },
      },
    },
  };
  const { other: resolved } = definePacks([other]);
  const [change, ...rest] = comparePacks(nine, resolved!);
  expect(rest).toEqual([]);
  expect(change?.before?.counting?.en).toMatch(/day 0/);
  expect(change?.after?.counting?.en).toMatch(/day 1/);
});

test('A2: every rule of every pack reads as words in both languages, in the order of the sections', () => {
  for (const pack of Object.values(packs)) {
    const sections = describePack(pack);
    const order = sections.map(({ section }) => SECTIONS.indexOf(section));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    const rows = sections.flatMap((section) => section.rows);
    expect(rows).toHaveLength(rulesOf(pack).length);
    for (const row of rows) {
      for (const text of [row.label, row.value, ...(row.counting ? [row.counting] : [])]) {
        for (const words of [text.zh, text.en]) {
          expect(words, row.path).not.toMatch(/undefined|\[object|^$|NaN/);
        }
        expect(text.zh, row.path).not.toMatch(/[a-z]_[a-z]/);
      }
    }
  }
});
