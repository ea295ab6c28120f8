/** One tube's result as another system states it, before it is known what it means here. */
import { type Assay, type Bilingual, refuse, type Target, type TestOutcome } from '@levee/contract';
import { isInternalControl, reconcile, targetOf } from '../testing/index.ts';

export interface Observation {
  /** Every code and name it is given. */
  readonly names: readonly string[];
  /** Text as sent: a Ct, or a coded result with all its codes. */
  readonly values: readonly string[];
}

export interface Finding {
  /** Place in the message, from 1; of a file the line. */
  readonly position: number;
  readonly tubeCode: string | null;
  readonly assayNames: readonly string[];
  readonly observations: readonly Observation[];
  /** ISO 8601; null: when it was received. */
  readonly testedAt: string | null;
  /** It takes the place of a result sent earlier. */
  readonly correction: boolean;
  /** What could not be read. */
  readonly fault: Bilingual | null;
}

export interface Interpreted {
  readonly outcome: TestOutcome;
  readonly targets: readonly Target[];
}

const CODED: Readonly<Record<TestOutcome, readonly string[]>> = {
  // The numbers are SNOMED CT: not detected, negative; detected, positive; inconclusive; specimen unsatisfactory, invalid.
  negative: ['NEG', 'NEGATIVE', 'NOT DETECTED', 'ND', '阴性', '阴', '未检出', '-', '260415000', '260385009'],
  positive: ['POS', 'POSITIVE', 'DETECTED', '阳性', '阳', '检出', '+', '260373001', '10828004'],
  inconclusive: ['IND', 'INCONCLUSIVE', 'INDETERMINATE', '可疑', '灰区', '单靶标阳性', '419984006'],
  invalid: ['INV', 'INVALID', '无效', '125154007', '455371000124106'],
};
const NOT_AMPLIFIED = ['', 'UNDETERMINED', 'NOCT', 'NO CT', 'N/A', 'NA', 'NAN', '--', '-', '无CT', '无'];

const codedOf = (values: readonly string[]): TestOutcome | undefined =>
  (Object.keys(CODED) as TestOutcome[]).find((outcome) =>
    values.some((value) => CODED[outcome].includes(value.trim().toUpperCase())),
  );

/** @returns a Ct; null where nothing was amplified; undefined where the text is neither */
export function readCt(values: readonly string[]): number | null | undefined {
  const texts = values.map((value) => value.trim().toUpperCase());
  const number = texts.find((text) => /^\d{1,2}(\.\d{1,4})?$/.test(text));
  if (number !== undefined) {
    const ct = Number(number);
    return ct >= 1 && ct <= 50 ? ct : undefined;
  }
  if (texts.some((text) => /^[>≥]=?\s*\d{2}(\.\d+)?$/.test(text))) return null;
  if (texts.every((text) => NOT_AMPLIFIED.includes(text))) return null;
  return codedOf(values) === 'negative' ? null : undefined;
}

/**
 * What the observations say by the kit's cut-offs.
 *
 * @throws refusal naming what is unreadable, unknown, missing or contradicts itself
 */
export function interpret(assays: readonly Assay[], finding: Finding): Interpreted {
  const named = finding.assayNames.map((name) => name.trim().toUpperCase());
  const assay = assays.find(({ code }) => named.includes(code)) ?? assays[0];
  if (!assay) throw new Error('no assay is on record');
  let stated: TestOutcome | null = null;
  const targets: Target[] = [];
  for (const { names, values } of finding.observations) {
    const name = targetOf(assay, names);
    if (name !== undefined) {
      const ct = readCt(values);
      if (ct === undefined) throw unreadable(name, values);
      if (targets.some((one) => one.name === name)) throw twice(name);
      targets.push({ name, ct });
    } else if (!isInternalControl(assay, names)) {
      const coded = codedOf(values);
      if (coded === undefined) throw unknown(names, values);
      if (stated !== null && stated !== coded) throw twice(names[0] ?? '');
      stated = coded;
    }
  }
  // A coded negative without curves: the laboratory's word for every target.
  const read =
    targets.length === 0 && stated === 'negative'
      ? assay.targets.map(({ name }) => ({ name, ct: null }))
      : targets;
  return reconcile(assay, stated, read);
}

const shown = (values: readonly string[]) => values.filter(Boolean).join(' ').slice(0, 40);

const unreadable = (name: string, values: readonly string[]) =>
  refuse(
    { zh: `靶标 ${name} 的值“${shown(values)}”不是Ct值`, en: `"${shown(values)}" of ${name} is not a Ct` },
    { zh: 'Ct值为1至50的数，无扩增留空。', en: 'A Ct is a number from 1 to 50; empty where not amplified.' },
  );
const twice = (name: string) =>
  refuse(
    { zh: `“${name.slice(0, 40)}”出现两次且不一致`, en: `"${name.slice(0, 40)}" is given twice` },
    { zh: '每个靶标、每个结论只报一次。', en: 'Report each target and the outcome once.' },
  );
const unknown = (names: readonly string[], values: readonly string[]) =>
  refuse(
    {
      zh: `不认识的检测项“${shown(names)}”（值“${shown(values)}”）`,
      en: `observation "${shown(names)}" with value "${shown(values)}" is not known`,
    },
    {
      zh: '用试剂清单中的靶标名或编码，结果用阴性、阳性、可疑、无效。',
      en: 'Use a target of the assay, or negative, positive, inconclusive, invalid.',
    },
  );

/** A tube code as read from a label, or null. */
export function tubeCodeOf(text: string | undefined): string | null {
  const code = text?.trim().toUpperCase() ?? '';
  return /^[0-9A-Z-]{4,32}$/.test(code) ? code : null;
}
