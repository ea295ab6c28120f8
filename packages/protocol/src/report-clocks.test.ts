import { expect, test } from 'vitest';
import { getPackOrThrow } from './catalogue.ts';
import { reportClocks } from './report-clocks.ts';

const nine = getPackOrThrow('covid19-cn-9');
const at = '2022-08-11T23:10:00+08:00';

test('A2: a first case starts the 2 h report, the 2 h event report and the 24 h investigation', () => {
  const clocks = reportClocks(nine, { kind: ['case_diagnosed', 'first_case_in_county'], at });
  expect(clocks.map(({ id, dueAt }) => [id, dueAt])).toEqual([
    ['directReport', '2022-08-12T01:10:00+08:00'],
    ['firstCaseEvent', '2022-08-12T01:10:00+08:00'],
    ['firstInvestigation', '2022-08-12T23:10:00+08:00'],
  ]);
  expect(clocks[0]).toMatchObject({
    nameZh: '网络直报',
    startsAt: at,
    rule: 'clocks.directReport',
    confidence: 'sourced',
  });
});

test('R11: an appeal against a limit of liberty is acknowledged in 15 min, decided in 24 h, suspended at 48 h', () => {
  const clocks = reportClocks(nine, { kind: ['appeal_received', 'liberty_appeal_received'], at });
  expect(clocks.map(({ id, dueAt, onBreach }) => [id, dueAt, onBreach])).toEqual([
    ['appealAcknowledged', '2022-08-11T23:25:00+08:00', 'escalate'],
    ['libertyAppealDecided', '2022-08-12T23:10:00+08:00', 'escalate'],
    ['libertySuspended', '2022-08-13T23:10:00+08:00', 'suspend'],
  ]);
});

test('R12: a life-threatening request is called back in 5 min, medicine comes in 4 h, food in 12 h', () => {
  const due = (kind: 'help_life_threatening' | 'help_medicine' | 'help_necessities') =>
    reportClocks(nine, { kind, at }).map((clock) => clock.dueAt);
  expect(due('help_life_threatening')).toEqual(['2022-08-11T23:15:00+08:00']);
  expect(due('help_medicine')).toEqual(['2022-08-12T03:10:00+08:00']);
  expect(due('help_necessities')).toEqual(['2022-08-12T11:10:00+08:00']);
});

test('D4: a determined contact is told in 2 h and moved in 8 h, both shown as unverified', () => {
  const clocks = reportClocks(nine, { kind: 'contact_determined', at });
  expect(clocks.map(({ id, confidence }) => [id, confidence])).toEqual([
    ['contactNotified', 'unverified'],
    ['contactTransfer', 'unverified'],
  ]);
});

test('A2: an instant given in UTC is due at the same moment, written in local time', () => {
  const [clock] = reportClocks(nine, { kind: 'card_received', at: '2022-08-11T15:10:00Z' });
  expect(clock?.dueAt).toBe('2022-08-12T01:10:00+08:00');
});
