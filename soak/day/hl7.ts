/** ORU^R01 as laboratory systems send it, and the ways it goes wrong. */
import { randomUUID } from 'node:crypto';
import iconv from 'iconv-lite';

export interface Reported {
  readonly tubeCode: string;
  readonly positive: boolean;
  /** Ct values of both targets, where they are not to follow from `positive`. */
  readonly ct?: string;
}

export interface OruOptions {
  readonly facility: string;
  readonly controlId: string;
  readonly charset?: string;
  readonly patient?: string;
}

export const newControlId = (): string => randomUUID().replaceAll('-', '').slice(0, 20);

export function oru(tubes: readonly Reported[], options: OruOptions): string {
  const { facility, controlId, charset = 'UNICODE UTF-8', patient = '张三' } = options;
  const now = timestamp(Date.now() - 1_000);
  const segments = [
    `MSH|^~\\&|LIS|${facility}|LEVEE|HAINAN|${now}+0800||ORU^R01^ORU_R01|${controlId}|P|2.5.1||||||${charset}`,
  ];
  for (const [index, { tubeCode, positive, ct = positive ? '29.3' : '' }] of tubes.entries()) {
    segments.push(
      `PID|${index + 1}||||${patient}`,
      `OBR|${index + 1}|${tubeCode}|F${tubeCode}|SARS2-NAAT^新冠病毒核酸检测^L|||${now}|||||||||||||||${now}|||F`,
      `OBX|1|NM|94644-2^ORF1ab^LN||${ct}|{Ct}|||||F|||${now}`,
      `OBX|2|NM|94510-5^N^LN||${ct}|{Ct}|||||F|||${now}`,
      `OBX|3|CWE|RESULT^检测结果^L||${positive ? '阳性' : '阴性'}||||||F`,
      `SPM|1|${tubeCode}&LIS^F${tubeCode}||258529004^咽拭子^SCT`,
    );
  }
  return `${segments.join('\r')}\r`;
}

/** HL7 TS in Beijing time. */
const timestamp = (ms: number): string =>
  new Date(ms + 8 * 3_600_000).toISOString().replaceAll(/[-:T]/g, '').slice(0, 14);

/** The same message with other marks, said so in MSH-1 and MSH-2. */
export function withMarks(text: string, marks: string): string {
  const usual = '|^~\\&';
  return Array.from(text, (sign) => (usual.includes(sign) ? marks[usual.indexOf(sign)] : sign)).join('');
}

/** MSH-2 says one mark four times. */
export const lying = (text: string): string => text.replace('|^~\\&|', '|^^^^|');

export const inGbk = (text: string): Buffer => iconv.encode(text, 'gbk');

export const codeOf = (ack: string): string => /\rMSA.([A-Z]{2})/.exec(ack)?.[1] ?? '';
