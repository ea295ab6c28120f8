import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildAck } from './hl7-ack.ts';
import { readOru } from './hl7-report.ts';
import { oru } from './interchange-ground.ts';
import { createFrameReader, frame } from './mllp-frames.ts';

/** Messages tried by each property; `LEVEE_FUZZ_RUNS=100000 npm test -- hl7-fuzz` for the long run. */
const numRuns = Number(process.env['LEVEE_FUZZ_RUNS'] ?? 1_500);

const tube = fc.record({
  tubeCode: fc.stringMatching(/^[0-9A-Z-]{4,12}$/),
  orf: fc.constantFrom('', '28.4', '40.1', '0', 'Undetermined', '>40', '51', 'x'),
  n: fc.constantFrom('', '27', '39.99'),
  outcome: fc.constantFrom('阴性', '阳性', 'NEG', '=1+1', ''),
  status: fc.constantFrom('F', 'C', 'P', 'X'),
});
const message = fc
  .tuple(
    fc.array(tube, { maxLength: 4 }),
    fc.string({ minLength: 1, maxLength: 12 }),
    fc.string({ unit: 'grapheme' }),
  )
  .map(([tubes, id, patient]) => oru(tubes, { controlId: id.replaceAll(/[|\r\n]/g, '-'), patient }));

/** Bytes changed, cut, doubled or put in. */
const damage = fc.array(
  fc.record({ at: fc.nat(4_000), kind: fc.constantFrom('set', 'cut', 'add', 'twice'), byte: fc.nat(255) }),
  { minLength: 1, maxLength: 8 },
);
type Damage = { at: number; kind: string; byte: number };

function damaged(bytes: Buffer, all: readonly Damage[]): Buffer {
  let out = bytes;
  for (const { at, kind, byte } of all) {
    const where = at % (out.length + 1);
    const [head, tail] = [out.subarray(0, where), out.subarray(where)];
    if (kind === 'set') out = Buffer.concat([head, Buffer.of(byte), tail.subarray(1)]);
    else if (kind === 'cut') out = Buffer.concat([head, tail.subarray(byte)]);
    else if (kind === 'add') out = Buffer.concat([head, Buffer.of(byte), tail]);
    else out = Buffer.concat([head, head.subarray(-byte), tail]);
  }
  return out;
}

describe('HL7 by grammar', () => {
  it('whatever a peer sends is read or answered with a code, never thrown at [T51]', () => {
    fc.assert(
      fc.property(message, damage, (text, all) => {
        const reading = readOru(damaged(Buffer.from(text), all));
        const ack = buildAck(reading.header, reading.ok ? 'AA' : 'AR', [], {
          at: '2022-08-11T18:00:00Z',
          id: 'x',
        });
        expect(ack.startsWith('MSH')).toBe(true);
        if (reading.ok)
          for (const one of reading.findings) expect(one.fault === null ? one.tubeCode : '').not.toBeNull();
        else expect(reading.problem.text).not.toBe('');
      }),
      { numRuns },
    );
  });

  it('an undamaged message gives each tube once, in order, with every target [T51]', () => {
    fc.assert(
      fc.property(fc.array(tube, { minLength: 1, maxLength: 6 }), (tubes) => {
        const reading = readOru(Buffer.from(oru(tubes, { controlId: 'A1' })));
        expect(reading.ok && reading.findings.map(({ tubeCode }) => tubeCode)).toEqual(
          tubes.map(({ tubeCode }) => tubeCode),
        );
        expect(reading.ok && reading.findings.every(({ observations }) => observations.length === 4)).toBe(
          true,
        );
      }),
      { numRuns: Math.ceil(numRuns / 5) },
    );
  });

  it('however the wire splits and joins them, the same messages come out, and no byte of another [T51]', () => {
    const body = fc
      .uint8Array({ minLength: 1, maxLength: 300 })
      .map((bytes) => Buffer.from(bytes.map((byte) => (byte === 0x0b || byte === 0x1c ? 0x20 : byte))));
    fc.assert(
      fc.property(
        fc.array(body, { minLength: 1, maxLength: 6 }),
        fc.array(fc.nat(2_000), { maxLength: 30 }),
        (bodies, cuts) => {
          const wire = Buffer.concat(bodies.map(frame));
          const marks = [0, ...cuts.map((cut) => cut % wire.length).sort((a, b) => a - b), wire.length];
          const reader = createFrameReader(1_000);
          const out = marks.slice(1).flatMap((end, index) => reader.push(wire.subarray(marks[index], end)));
          expect(out.map(({ kind }) => kind)).toEqual(bodies.map(() => 'message'));
          expect(out.map(({ bytes }) => bytes.toString('hex'))).toEqual(
            bodies.map((one) => one.toString('hex')),
          );
          expect(reader.end()).toEqual([]);
        },
      ),
      { numRuns },
    );
  });

  it('a reader never holds more than its limit, whatever comes [T51]', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 400 }), { maxLength: 20 }), (chunks) => {
        const reader = createFrameReader(500);
        for (const chunk of chunks) {
          for (const one of reader.push(Buffer.from(chunk))) {
            if (one.kind === 'message') expect(one.bytes.length).toBeLessThanOrEqual(500);
          }
        }
        for (const one of reader.end()) expect(one.bytes.length).toBeLessThanOrEqual(500);
      }),
      { numRuns },
    );
  });
});
