import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkIdentityNumber, identityCheckCharacter } from './identity.ts';

test('C2: the two examples of the standard are valid, also with a lower-case x and spaces', () => {
  expect(checkIdentityNumber('11010519491231002X')).toMatchObject({
    ok: true,
    birthDate: '1949-12-31',
    sex: 'female',
  });
  expect(checkIdentityNumber(' 11010519491231002x ')).toMatchObject({
    ok: true,
    number: '11010519491231002X',
  });
  expect(checkIdentityNumber('440524188001010014')).toMatchObject({
    ok: true,
    birthDate: '1880-01-01',
    sex: 'male',
  });
});

test('C2: each fault is told apart', () => {
  const reason = (text: string) => checkIdentityNumber(text);
  expect(reason('1101051949123100')).toEqual({ ok: false, reason: 'length' });
  expect(reason('1101051949123100AX')).toEqual({ ok: false, reason: 'characters' });
  expect(reason('110105194902300025')).toEqual({ ok: false, reason: 'birth_date' });
  expect(reason('110105194912310021')).toEqual({ ok: false, reason: 'check_digit' });
});

test('C2: one wrong digit or two neighbours swapped is always noticed', () => {
  const body = fc
    .tuple(
      fc.integer({ min: 100000, max: 999999 }),
      fc.date({ min: new Date('1900-01-01'), max: new Date('2020-12-31'), noInvalidDate: true }),
      fc.integer({ min: 0, max: 999 }),
    )
    .map(
      ([area, born, n]) =>
        `${area}${born.toISOString().slice(0, 10).replaceAll('-', '')}${String(n).padStart(3, '0')}`,
    );
  fc.assert(
    fc.property(body, fc.integer({ min: 0, max: 16 }), fc.integer({ min: 1, max: 9 }), (digits, at, by) => {
      const number = digits + identityCheckCharacter(digits);
      expect(checkIdentityNumber(number).ok).toBe(true);
      const wrong = number.slice(0, at) + ((Number(number[at]) + by) % 10) + number.slice(at + 1);
      expect(checkIdentityNumber(wrong).ok).toBe(false);
      const swapped = number.slice(0, at) + number[at + 1] + number[at] + number.slice(at + 2);
      if (swapped !== number) expect(checkIdentityNumber(swapped).ok).toBe(false);
    }),
  );
});

test('C2: a body that is not 17 digits has no check character', () => {
  expect(() => identityCheckCharacter('123')).toThrow(/17 digits/);
});
