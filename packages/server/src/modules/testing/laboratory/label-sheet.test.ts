import { randomBytes } from 'node:crypto';
import { newId } from '@levee/contract';
import fc from 'fast-check';
import jsQRModule from 'jsqr';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ground, openGround, purpose } from '../../../platform/testing/testing-ground.ts';
import { LABELS_PER_PAGE, labelSheet } from './label-sheet.ts';
import { isPrintedCode, tubeCodeFrom } from './tube-code.ts';

// The package's types say a module, Node gives the function.
const jsQR = jsQRModule as unknown as typeof import('jsqr').default;

/** Squares of a page, in points from its upper left corner, as the PDF draws them. */
function squaresOf(pdf: Buffer): { x: number; y: number; side: number }[] {
  const drawn = pdf.toString('latin1').matchAll(/(-?[\d.]+) (-?[\d.]+) ([\d.]+) ([\d.]+) re/g);
  return Array.from(drawn, ([, x, y, side]) => ({ x: Number(x), y: Number(y), side: Number(side) }));
}

/** What a scanner sees of one label: its squares on white paper. */
function scan(squares: ReturnType<typeof squaresOf>): string | undefined {
  const scale = 6 / squares[0]!.side;
  const left = Math.min(...squares.map(({ x }) => x));
  const top = Math.min(...squares.map(({ y }) => y));
  const size = Math.ceil(Math.max(...squares.map(({ x, side }) => (x - left + side) * scale))) + 48;
  const image = new Uint8ClampedArray(size * size * 4).fill(255);
  for (const { x, y, side } of squares) {
    const from = [Math.round((x - left) * scale) + 24, Math.round((y - top) * scale) + 24] as const;
    for (let dy = 0; dy < Math.round(side * scale); dy += 1) {
      for (let dx = 0; dx < Math.round(side * scale); dx += 1) {
        image.fill(
          0,
          ((from[1] + dy) * size + from[0] + dx) * 4,
          ((from[1] + dy) * size + from[0] + dx) * 4 + 3,
        );
      }
    }
  }
  return jsQR(image, size, size)?.data;
}

describe('tube labels', () => {
  let ground: Ground;
  beforeAll(async () => {
    ground = await openGround();
  });
  afterAll(() => ground.house.close());

  it('every code of the printed sheet scans back [C2 T37]', async () => {
    const codes = Array.from({ length: LABELS_PER_PAGE }, () => tubeCodeFrom(randomBytes(11)));
    const pdf = await labelSheet(
      { codes, siteName: '城北新区采样点', capacity: 10 as const },
      { compress: false },
    );
    const squares = squaresOf(pdf);
    const cell = (x: number, y: number) =>
      Math.floor((y - 60.95) / 72) * 4 + Math.floor((x - 22.68) / (48.5 * (72 / 25.4)));
    const byLabel = Map.groupBy(squares, ({ x, y }) => cell(x, y));
    const scanned = [...byLabel].sort(([one], [other]) => one - other).map(([, own]) => scan(own));
    expect(scanned).toEqual(codes);
  });

  it('one wrong sign or two swapped are caught in a code typed from paper [C2 T37]', () => {
    const signs = '0123456789ABCDEFGHJKMNPQRSTVWXY';
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 11, maxLength: 11 }),
        fc.nat(10),
        fc.nat(30),
        (bytes, at, sign) => {
          const plain = Array.from(tubeCodeFrom(bytes).replaceAll('-', ''));
          expect(isPrintedCode(plain.join(''))).toBe(true);
          const wrong = [...plain];
          wrong[at] = signs[sign]!;
          expect(isPrintedCode(wrong.join(''))).toBe(wrong[at] === plain[at]);
          const swapped = [...plain];
          [swapped[at], swapped[at + 1]] = [plain[at + 1]!, plain[at]!];
          if (at < 10) expect(isPrintedCode(swapped.join(''))).toBe(plain[at] === plain[at + 1]);
        },
      ),
    );
  });

  it('a site prints a sheet, prints it again with the same codes, and a code opens a tube [C2 T37]', async () => {
    const { client } = ground.desk;
    const order = { siteId: ground.site, batchId: newId(), count: 80, capacity: 10 as const };
    const sheet = await client.laboratory.labels({ body: order });
    expect(new Set(sheet.codes).size).toBe(80);
    expect(Buffer.from(sheet.content, 'base64').subarray(0, 5).toString()).toBe('%PDF-');
    const [personId] = await ground.people(1);
    const { pool } = await client.testing.registerSample({
      purpose,
      body: {
        poolId: newId(),
        tubeCode: sheet.codes[0]!,
        capacity: 10,
        siteId: ground.site,
        id: newId(),
        who: { personId: personId! },
        takenAt: ground.now(),
      },
    });
    expect(pool.tubeCode).toBe(sheet.codes[0]);
    const again = await client.laboratory.labels({ body: order });
    expect(again.codes).toEqual(sheet.codes);
    expect(again.usedCount).toBe(1);
    await expect(
      client.laboratory.labels({ body: { ...order, siteId: ground.market } }),
    ).rejects.toMatchObject({
      code: 'rule.refused',
    });
  });
});
