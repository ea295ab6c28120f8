import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UuidNumbers } from './uuid-numbers.ts';

const bytesOf = (id: string) => Buffer.from(id.replaceAll('-', ''), 'hex');

describe('numbers of ids by their bytes', () => {
  it('are those a dictionary of their texts gives, each text asked for once [B3]', () => {
    // Few and alike, so that ids come again and fall on the same places of the table.
    const id = fc.oneof(
      fc.uuid(),
      fc.nat(40).map((n) => `018f2c4e-1000-7000-8000-${n.toString(16).padStart(12, '0')}`),
    );
    fc.assert(
      fc.property(fc.array(id, { maxLength: 300 }), (ids) => {
        const numbers = new Map<string, number>();
        const asked: string[] = [];
        const table = new UuidNumbers((text) => {
          const name = Buffer.from(text).toString('latin1');
          asked.push(name);
          numbers.set(name, numbers.size);
          return numbers.size - 1;
        });
        const given = ids.map((one) => table.numberAt(Buffer.concat([Buffer.alloc(3), bytesOf(one)]), 3));
        expect(asked).toEqual([...new Set(ids)]);
        expect(given).toEqual(ids.map((one) => numbers.get(one)));
      }),
    );
  });

  it('hold when the table has grown many times', () => {
    const table = new UuidNumbers((text) =>
      Number.parseInt(Buffer.from(text).toString('latin1').slice(24), 16),
    );
    const row = (n: number) => bytesOf(`018f2c4e-1000-7000-8000-${n.toString(16).padStart(12, '0')}`);
    for (let n = 0; n < 50_000; n++) table.numberAt(row(n), 0);
    const again = Array.from({ length: 50_000 }, (_, n) => table.numberAt(row(n), 0));
    expect(again).toEqual(Array.from({ length: 50_000 }, (_, n) => n));
  });
});
