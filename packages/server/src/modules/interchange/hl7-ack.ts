/** The answer to a message, in the separators it came with: ACK^R01 with MSA, and one ERR for each fault. */
import { type Hl7Header, type Hl7Problem, marksOf } from './hl7-report.ts';

export interface AckFault {
  /** HL7 table 0357. */
  readonly code: Hl7Problem['code'];
  /** Where: `OBR^2`. */
  readonly location: string;
  readonly text: string;
}

/**
 * @param code AA: committed; AE: read and refused or kept for attention; AR: not read, or not taken now
 * @param at ISO 8601
 */
export function buildAck(
  header: Hl7Header | null,
  code: 'AA' | 'AE' | 'AR',
  faults: readonly AckFault[],
  { at, id }: { readonly at: string; readonly id: string },
): string {
  const { field, marks } = marksOf(header);
  const [component = '^'] = marks;
  const escaped = escaper(field, marks);
  const join = (...parts: string[]) => parts.map(escaped).join(component);
  const stamp = new Date(Date.parse(at) + 8 * 3_600_000).toISOString().replaceAll(/[-:T]|\.\d+Z/g, '');
  const msh = [
    'MSH',
    marks,
    'LEVEE',
    'LEVEE',
    plain(header?.sendingApplication ?? ''),
    plain(header?.sendingFacility ?? ''),
    `${stamp}+0800`,
    '',
    join('ACK', 'R01', 'ACK'),
    escaped(id.slice(0, 36)),
    'P',
    '2.5.1',
    '',
    '',
    '',
    '',
    '',
    'UNICODE UTF-8',
  ].join(field);
  const msa = ['MSA', code, plain(header?.controlId ?? ''), escaped(faults[0]?.text ?? '')].join(field);
  const errors = faults.map(({ code: error, location, text }) =>
    [
      'ERR',
      '',
      location.replaceAll('^', component),
      join(error, '', 'HL70357'),
      'E',
      '',
      '',
      '',
      escaped(text),
    ].join(field),
  );
  return [msh, msa, ...errors].map((line) => `${line}\r`).join('');
}

function escaper(field: string, marks: string): (text: string) => string {
  const [component = '^', repetition = '~', escaping = '\\', subcomponent = '&'] = marks;
  const names = new Map([
    [field, 'F'],
    [component, 'S'],
    [subcomponent, 'T'],
    [repetition, 'R'],
    [escaping, 'E'],
  ]);
  return (text) =>
    Array.from(text.replaceAll(/\p{Cc}+/gu, ' '), (sign) => {
      const name = names.get(sign);
      return name ? `${escaping}${name}${escaping}` : sign;
    }).join('');
}

/** Given back as it came: it is escaped already. */
const plain = (text: string) => text.replaceAll(/\p{Cc}+/gu, ' ');
