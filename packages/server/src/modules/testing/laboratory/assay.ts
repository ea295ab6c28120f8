/** What the Ct values of a kit's targets mean. The kit is data (table `assay`); these are the rules that read it. Pure. */
import { type Assay, refuse, type Target, type TestOutcome } from '@levee/contract';

const plain = (name: string): string =>
  name
    .trim()
    .toUpperCase()
    .replaceAll(/[\s_-]/g, '');

/** The kit's own name of a target, by any name or code a system gives it. */
export function targetOf(assay: Assay, names: readonly string[]): string | undefined {
  const given = new Set(names.map(plain));
  return assay.targets.find(({ name, aliases }) => [name, ...aliases].some((one) => given.has(plain(one))))
    ?.name;
}

export const isInternalControl = (assay: Assay, names: readonly string[]): boolean =>
  names.some((name) => assay.internalControls.some((control) => plain(control) === plain(name)));

export interface Judged {
  readonly outcome: TestOutcome;
  /** One for each target of the kit, in its order; a Ct above the cut-off counts as not amplified and is null. */
  readonly targets: readonly Target[];
}

/**
 * All targets the kit asks for amplified: positive; none: negative; between: inconclusive.
 *
 * @param targets Ct by the kit's target names; one missing is refused, for silence is not a negative
 */
export function judge(assay: Assay, targets: readonly Target[]): Judged {
  const read = assay.targets.map(({ name, cutoffCt }) => {
    const given = targets.find((one) => one.name === name);
    if (!given) {
      throw refuse(
        { zh: `缺少靶标 ${name} 的判读`, en: `target ${name} is missing` },
        { zh: '补齐该试剂的全部靶标后重报。', en: 'Report every target of the assay.' },
      );
    }
    return { name, ct: given.ct !== null && given.ct <= cutoffCt ? given.ct : null };
  });
  const amplified = read.filter(({ ct }) => ct !== null).length;
  const outcome =
    amplified === 0 ? 'negative' : amplified >= assay.positiveTargets ? 'positive' : 'inconclusive';
  return { outcome, targets: read };
}

/** The laboratory's word against its own curves: they may not contradict each other; caution is the laboratory's right. */
export function reconcile(assay: Assay, stated: TestOutcome | null, targets: readonly Target[]): Judged {
  if (stated === 'invalid') {
    return { outcome: 'invalid', targets: assay.targets.map(({ name }) => ({ name, ct: null })) };
  }
  const judged = judge(assay, targets);
  if (stated === null || stated === judged.outcome) return judged;
  if (stated === 'inconclusive') return { ...judged, outcome: 'inconclusive' };
  throw refuse(
    {
      zh: `报告结果与Ct值不符：报${NAMES[stated].zh}，按判读线为${NAMES[judged.outcome].zh}`,
      en: `the outcome (${stated}) contradicts the Ct values, which read ${judged.outcome} by the cut-off`,
    },
    { zh: '核对判读线和曲线后重报。', en: 'Check the cut-off and the curves and report again.' },
  );
}

const NAMES: Record<TestOutcome, { zh: string }> = {
  negative: { zh: '阴性' },
  positive: { zh: '阳性' },
  inconclusive: { zh: '可疑' },
  invalid: { zh: '无效' },
};
