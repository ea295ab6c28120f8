import { identityCheckCharacter } from '@levee/protocol';
import { expect, test } from 'vitest';
import { readScan } from './read-scan.ts';

const body = '63259919800101231';
const card = body + identityCheckCharacter(body);

test('a card, a household, a tube and a name are told apart by what is scanned [C2]', () => {
  expect(readScan(` ${card}\n`)).toEqual({ kind: 'card', number: card });
  const id = '0198a1b2-1111-7222-8333-444455556666';
  expect(readScan(`levee:household:${id}`)).toEqual({ kind: 'household', householdId: id });
  expect(readScan(id.toUpperCase())).toEqual({ kind: 'household', householdId: id });
  expect(readScan('qh000123')).toEqual({ kind: 'tube', code: 'QH000123' });
  expect(readScan('20220811-0042')).toEqual({ kind: 'tube', code: '20220811-0042' });
  expect(readScan('9：05')).toEqual({ kind: 'time', text: '09:05' });
  expect(readScan('zhuoma')).toEqual({ kind: 'name', text: 'zhuoma' });
  expect(readScan('卓玛')).toEqual({ kind: 'name', text: '卓玛' });
  expect(readScan('  ')).toEqual({ kind: 'nothing' });
});

test('a card read wrong is never taken for a tube, and its number is not repeated [C2]', () => {
  const wrong = `${body}${card.endsWith('0') ? '1' : '0'}`;
  expect(readScan(wrong)).toEqual({ kind: 'bad_card', reason: 'check_digit' });
  expect(readScan('632599198001012')).toEqual({ kind: 'bad_card', reason: 'length' });
});
