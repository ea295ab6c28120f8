import { expect, it } from 'vitest';
import { type Command, searchCommands } from './search-commands.ts';

const command = (id: string, zh: string, en: string): Command => ({
  id,
  title: { zh, en },
  group: { zh: '流调', en: 'Investigation' },
});
const commands = [
  command('contacts', '密切接触者', 'Contacts'),
  command('cases', '病例一览', 'Line list'),
  command('orders', '隔离医学观察令', 'Isolation orders'),
  command('chains', '传播链', 'Transmission chains'),
];
const ids = (query: string) => searchCommands(query, commands).map(({ id }) => id);

it.each([
  ['接触', 'contacts'],
  ['mqjc', 'contacts'],
  ['miqiejiechu', 'contacts'],
  ['binglì'.normalize('NFD').replaceAll(/\p{M}/gu, ''), 'cases'],
  ['gl', 'orders'],
  ['cbl', 'chains'],
  ['line', 'cases'],
  ['orders', 'orders'],
])('%s finds its command first, by character, pinyin, initials or English [F01]', (query, id) => {
  expect(ids(query)[0]).toBe(id);
});

it('nothing typed shows everything in order, nonsense shows nothing [F01]', () => {
  expect(ids('')).toEqual(['contacts', 'cases', 'orders', 'chains']);
  expect(ids('zzzz')).toEqual([]);
});
