import { expect, it } from 'vitest';
import { addDays, instantOf, piecesByDay, readHour, toStaysCsv } from './moments.ts';

it('an hour is read as people type it; a plus or 次日 is the next day [B2]', () => {
  const read = (text: string) => {
    const found = readHour(text);
    return found && `${found.hour}${found.daysLater ? '+' : ''}`;
  };
  expect(['2140', '21:40', '21：40', '9', '930', '09', '21点40分'].map(read)).toEqual([
    '21:40',
    '21:40',
    '21:40',
    '09:00',
    '09:30',
    '09:00',
    '21:40',
  ]);
  expect([read('+6'), read('次日 6:30'), read('24:00')]).toEqual(['06:00+', '06:30+', '00:00+']);
  expect(['', '25', '2460', '12:75', 'noon', '24:01'].map(read)).toEqual([
    null,
    null,
    null,
    null,
    null,
    null,
  ]);
});

it('a day and an hour are an instant in the prefecture’s time [B2]', () => {
  expect(instantOf('2022-08-10', '2140')).toBe('2022-08-10T13:40:00.000Z');
  expect(instantOf('2022-08-31', '+6')).toBe('2022-08-31T22:00:00.000Z');
  expect(instantOf('', '6')).toBeNull();
  expect(addDays('2022-03-01', -1)).toBe('2022-02-28');
});

it('a stay over midnight is drawn on both days [B2]', () => {
  expect(piecesByDay('2022-08-10T22:00:00+08:00', '2022-08-12T06:30:00+08:00')).toEqual([
    { day: '2022-08-10', start: 22, end: 24 },
    { day: '2022-08-11', start: 0, end: 24 },
    { day: '2022-08-12', start: 0, end: 6.5 },
  ]);
});

it('a table pasted from a spreadsheet becomes CSV; without a header it gets one [B2]', () => {
  expect(toStaysCsv('场所\t开始\t结束\n城北面馆, 二楼\t2022-08-10 12:00\t2022-08-10 13:00\n')).toBe(
    '场所,开始,结束\n"城北面馆, 二楼",2022-08-10 12:00,2022-08-10 13:00',
  );
  expect(toStaysCsv('城北面馆,2022-08-10 12:00,2022-08-10 13:00').split('\n')[0]).toContain('场所');
});
