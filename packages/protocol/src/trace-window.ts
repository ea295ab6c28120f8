import {
  addDays,
  addHours,
  type CivilDay,
  dayOf,
  type Instant,
  instantMs,
  startOfDay,
  toInstant,
} from './calendar.ts';
import { ProtocolError } from './errors.ts';
import type { ProtocolPack, Text, WindowKind } from './pack.ts';
import { factOrThrow, type RuleRef, ruleOrThrow, ruleRef } from './rules.ts';

/** What is known about a source of infection. Give what there is; the pack decides what it needs. */
export type TraceSource = {
  kind: 'case' | 'asymptomatic';
  dateOnset?: CivilDay | undefined;
  /** Sampling time (never result time) of the first positive specimen. */
  firstPositiveSampledAt?: Instant | undefined;
  /** Found by repeated testing of a risk post: the window opens at the last negative sample. */
  regularlyTested?: boolean | undefined;
  lastNegativeSampledAt?: Instant | undefined;
  isolatedAt?: Instant | undefined;
};

export type TraceWindow = RuleRef & {
  from: Instant;
  until: Instant;
  /** The source is not isolated yet, so `until` is `now` and will move. */
  open: boolean;
  /** The source was isolated before the window would have opened: nobody to look for. */
  empty: boolean;
  kind: WindowKind;
  reasons: Text[];
};

/**
 * The period in which a source of infection could infect others, by the pack.
 *
 * Three rules, in this order. Regularly tested: from the sampling time of the last negative test. Case with a
 * known onset: from the start of the civil day `before` days ahead of onset. Otherwise (asymptomatic, or a case
 * without onset): the same, ahead of the day the positive specimen was sampled. All end when the source is isolated.
 *
 * Misleads when onset is recalled badly; a day of error moves the window by a day. A case sampled positive before
 * onset would have an earlier window by the sampling rule: `reasons` says so, a person decides.
 *
 * @param now instant at which the question is asked; ends an open window
 * @throws ProtocolError `missing_fact` when the rule that applies lacks its anchor, `time_in_future`
 */
export function traceWindow(pack: ProtocolPack, source: TraceSource, now: Instant): TraceWindow {
  const kind = windowKind(pack, source);
  const path = `tracing.windows.${kind}`;
  const rule = ruleOrThrow(pack, path, pack.tracing.windows[kind], 'trace by the onset of a case instead');
  const from = openingOf(pack, source, kind);
  const until = source.isolatedAt
    ? toInstant(instantMs(source.isolatedAt), pack.tz)
    : toInstant(instantMs(now), pack.tz);
  if (instantMs(from) > instantMs(now)) {
    throw new ProtocolError(
      'time_in_future',
      `the window would open at ${from}, after now (${now}); check the dates`,
    );
  }
  const empty = instantMs(until) <= instantMs(from);
  return {
    ...ruleRef(pack, path, rule),
    kind,
    from,
    until: empty ? from : until,
    open: source.isolatedAt === undefined,
    empty,
    reasons: reasonsFor(pack, source, kind, from),
  };
}

function windowKind(pack: ProtocolPack, source: TraceSource): WindowKind {
  const rules = pack.tracing.windows;
  if (source.regularlyTested && source.lastNegativeSampledAt && rules.regularly_tested)
    return 'regularly_tested';
  if (source.kind === 'case' && source.dateOnset) return 'case';
  return rules.asymptomatic ? 'asymptomatic' : 'case';
}

function openingOf(pack: ProtocolPack, source: TraceSource, kind: WindowKind): Instant {
  const rule = ruleOrThrow(pack, `tracing.windows.${kind}`, pack.tracing.windows[kind], 'add it to the pack');
  const { counting, value } = rule;
  if (kind === 'case') {
    const onset = factOrThrow(
      source.dateOnset,
      'dateOnset',
      `pack "${pack.id}" traces from onset; enter the day`,
    );
    return startOfDay(addDays(onset, -value.before), counting.tz);
  }
  const sampledAt = factOrThrow(
    kind === 'asymptomatic' ? source.firstPositiveSampledAt : source.lastNegativeSampledAt,
    kind === 'asymptomatic' ? 'firstPositiveSampledAt' : 'lastNegativeSampledAt',
    'the window opens at this sampling time; enter it (sampling time, not result time)',
  );
  if (counting.unit === 'hour') return addHours(sampledAt, -value.before, counting.tz);
  return startOfDay(addDays(dayOf(sampledAt, counting.tz), -value.before), counting.tz);
}

function reasonsFor(pack: ProtocolPack, source: TraceSource, kind: WindowKind, from: Instant): Text[] {
  const reasons: Text[] = [];
  if (source.kind === 'case' && kind === 'asymptomatic') {
    reasons.push({
      zh: '发病日期不详，按阳性标本采样时间计算',
      en: 'Onset unknown: counted from the positive sample',
    });
  }
  if (source.regularlyTested && kind !== 'regularly_tested') {
    reasons.push({
      zh: '缺少末次阴性采样时间，未按定期检测规则',
      en: 'No last negative sample: the rule for regular testing was not used',
    });
  }
  if (kind === 'case' && source.firstPositiveSampledAt && pack.tracing.windows.asymptomatic) {
    const bySample = openingOf(pack, source, 'asymptomatic');
    if (instantMs(bySample) < instantMs(from)) {
      reasons.push({
        zh: `采样早于发病：按采样计算窗口自 ${bySample} 起，更早，请研判`,
        en: `Sampled before onset: by sampling the window would open earlier, at ${bySample}; judge it`,
      });
    }
  }
  return reasons;
}
