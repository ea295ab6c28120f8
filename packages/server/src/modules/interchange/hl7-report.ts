/** An ORU^R01 (HL7 v2.5.1) as findings: one for each OBR, its tube from SPM-2, OBR-2 or OBR-3, its targets from OBX. */
import { Hl7Message, type Hl7Segment } from '@medplum/core';
import { decodeMessage } from './charset.ts';
import { type Finding, type Observation, tubeCodeOf } from './finding.ts';

export interface Hl7Header {
  readonly fieldSeparator: string;
  readonly encodingCharacters: string;
  readonly sendingApplication: string;
  readonly sendingFacility: string;
  readonly controlId: string;
  readonly processingId: string;
  readonly version: string;
  readonly charsetName: string;
  readonly type: string;
  readonly trigger: string;
}

/** HL7 table 0357. */
export interface Hl7Problem {
  readonly code: '100' | '101' | '102' | '103' | '200' | '201' | '202' | '203' | '204' | '207';
  readonly text: string;
}

export type Hl7Reading =
  | { readonly ok: true; readonly header: Hl7Header; readonly charset: string; readonly findings: Finding[] }
  | { readonly ok: false; readonly header: Hl7Header | null; readonly problem: Hl7Problem };

const DEFAULT_MARKS = '^~\\&';

/** MSH by its bytes alone, before the character set is known. Null where it does not begin as one. */
export function readHeader(bytes: Buffer): Hl7Header | null {
  const head = bytes.subarray(0, 4096).toString('latin1');
  const line = head.split(/[\r\n]/, 1)[0] ?? '';
  if (!line.startsWith('MSH')) return null;
  const separator = line[3];
  if (!separator || /[\p{L}\p{N}\s]/u.test(separator)) return null;
  const fields = line.split(separator);
  const marks = fields[1] ?? '';
  const component = marks[0] ?? '^';
  const at = (index: number) => (fields[index - 1] ?? '').split(component);
  return {
    fieldSeparator: separator,
    encodingCharacters: marks,
    sendingApplication: at(3)[0] ?? '',
    sendingFacility: at(4)[0] ?? '',
    controlId: fields[9] ?? '',
    processingId: at(11)[0] ?? '',
    version: at(12)[0] ?? '',
    charsetName: (fields[17] ?? '').split(marks[1] ?? '~')[0] ?? '',
    type: at(9)[0] ?? '',
    trigger: at(9)[1] ?? '',
  };
}

/** Reads a whole message or says why not, by the code HL7 has for it. Nothing is thrown for what a peer sends. */
export function readOru(bytes: Buffer): Hl7Reading {
  const header = readHeader(bytes);
  if (!header)
    return { ok: false, header, problem: { code: '100', text: 'the message does not begin with MSH' } };
  const problem = faultOfHeader(header);
  if (problem) return { ok: false, header, problem };
  const decoded = decodeMessage(bytes, header.charsetName);
  if (!decoded) {
    return {
      ok: false,
      header,
      problem: {
        code: '103',
        text: `MSH-18 "${header.charsetName}" is not known, or the bytes are not in it`,
      },
    };
  }
  try {
    const message = Hl7Message.parse(decoded.text.replaceAll(/\r?\n/g, '\r').trim());
    return { ok: true, header, charset: decoded.charset, findings: findingsOf(message, header) };
  } catch {
    return { ok: false, header, problem: { code: '100', text: 'the segments cannot be read' } };
  }
}

function faultOfHeader(header: Hl7Header): Hl7Problem | null {
  const marks = [header.fieldSeparator, ...header.encodingCharacters];
  if (header.encodingCharacters.length < 4 || new Set(marks).size !== marks.length) {
    return { code: '102', text: `MSH-2 "${header.encodingCharacters}" is not four different marks` };
  }
  if (header.controlId.trim() === '') return { code: '101', text: 'MSH-10 (control id) is empty' };
  if (header.type !== 'ORU') return { code: '200', text: `message type "${header.type}" is not ORU` };
  if (header.trigger !== 'R01') return { code: '201', text: `event "${header.trigger}" is not R01` };
  if (header.processingId !== 'P') {
    return { code: '202', text: `MSH-11 "${header.processingId}": only production messages (P) are applied` };
  }
  if (!/^2\.[3-8](\.\d)?$/.test(header.version)) {
    return { code: '203', text: `version "${header.version}" is not read; send 2.5.1` };
  }
  return null;
}

interface Group {
  readonly obr: Hl7Segment;
  readonly obx: Hl7Segment[];
  spm: Hl7Segment | null;
}

function findingsOf(message: Hl7Message, header: Hl7Header): Finding[] {
  const groups: Group[] = [];
  for (const segment of message.segments) {
    const group = groups.at(-1);
    if (segment.name === 'OBR') groups.push({ obr: segment, obx: [], spm: null });
    else if (segment.name === 'OBX' && group) group.obx.push(segment);
    else if (segment.name === 'SPM' && group) group.spm ??= segment;
  }
  return groups.map((group, index) => toFinding(group, index + 1, header));
}

function toFinding({ obr, obx, spm }: Group, position: number, header: Hl7Header): Finding {
  const read = (segment: Hl7Segment | null, field: number, component = 1) =>
    unescaped(segment?.getField(field)?.getComponent(component, 0, 0) ?? '', header);
  const specimen = spm
    ? [spm.getField(2)?.getComponent(1) ?? '', spm.getField(2)?.getComponent(2) ?? '']
    : [];
  const candidates = [
    ...specimen.map((text) => text.split(header.encodingCharacters[3] ?? '&')[0] ?? ''),
    read(obr, 2),
    read(obr, 3),
  ];
  const tubeCode = candidates.map(tubeCodeOf).find((code) => code !== null) ?? null;
  const status = read(obr, 25) || read(obx[0] ?? null, 11);
  const moment = read(obx[0] ?? null, 14) || read(obr, 22) || read(obr, 7);
  const testedAt = moment === '' ? null : readMoment(moment);
  const fault =
    tubeCode === null
      ? {
          zh: `没有可识别的管码（SPM-2、OBR-2、OBR-3：“${candidates.join(' ').trim().slice(0, 40)}”）`,
          en: `no tube code in SPM-2, OBR-2 or OBR-3 ("${candidates.join(' ').trim().slice(0, 40)}")`,
        }
      : obx.length === 0
        ? { zh: '没有任何检测项（OBX）', en: 'there is no observation (OBX)' }
        : !['F', 'C', ''].includes(status)
          ? {
              zh: `结果状态“${status}”不是终报（F）或更正（C）`,
              en: `status "${status}" is not final (F) or corrected (C)`,
            }
          : moment !== '' && testedAt === null
            ? {
                zh: `检测时间“${moment.slice(0, 30)}”无法识别`,
                en: `time "${moment.slice(0, 30)}" cannot be read`,
              }
            : null;
  return {
    position,
    tubeCode,
    assayNames: [read(obr, 4), read(obr, 4, 2), read(obr, 4, 4)].filter(Boolean),
    observations: obx.map((segment) => observationOf(segment, read)),
    testedAt,
    correction: status === 'C',
    fault,
  };
}

function observationOf(
  segment: Hl7Segment,
  read: (segment: Hl7Segment, field: number, component?: number) => string,
): Observation {
  const values =
    read(segment, 2) === 'SN'
      ? [read(segment, 5, 1) + read(segment, 5, 2)]
      : [read(segment, 5, 1), read(segment, 5, 2), read(segment, 5, 4)];
  const [first = '', ...more] = values;
  return {
    names: [read(segment, 3), read(segment, 3, 2), read(segment, 3, 4), read(segment, 3, 5)].filter(Boolean),
    values: [first, ...more.filter(Boolean)],
  };
}

/** \F\ \S\ \T\ \R\ \E\ and \X..\ (HL7 2.5.1, 2.7.1). */
function unescaped(text: string, { fieldSeparator, encodingCharacters }: Hl7Header): string {
  const [component = '^', repetition = '~', escaping = '\\', subcomponent = '&'] = encodingCharacters;
  if (!text.includes(escaping)) return text;
  const marks: Record<string, string> = {
    F: fieldSeparator,
    S: component,
    T: subcomponent,
    R: repetition,
    E: escaping,
  };
  const parts = text.split(escaping);
  return parts.map((part, index) => (index % 2 === 1 ? (marks[part] ?? '') : part)).join('');
}

/** HL7 TS: YYYYMMDD[HHMM[SS[.s]]][±ZZZZ]; without a zone it is Beijing time. Null where it is no moment. */
export function readMoment(text: string): string | null {
  const found = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(?:(\d{2})(?:\.\d{1,4})?)?)?([+-]\d{4})?$/.exec(text);
  if (!found) return null;
  const [, year, month, day, hour = '00', minute = '00', second = '00', zone = '+0800'] = found;
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}${zone.slice(0, 3)}:${zone.slice(3)}`;
  const at = Date.parse(iso);
  if (Number.isNaN(at)) return null;
  // 30 February would silently become 2 March.
  const local = new Date(at + (zone.startsWith('-') ? -1 : 1) * zoneMs(zone)).toISOString();
  return local.slice(8, 10) === day ? new Date(at).toISOString() : null;
}

const zoneMs = (zone: string) => (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3))) * 60_000;

export const marksOf = (header: Hl7Header | null) => ({
  field: header?.fieldSeparator ?? '|',
  marks: header && header.encodingCharacters.length >= 4 ? header.encodingCharacters : DEFAULT_MARKS,
});
