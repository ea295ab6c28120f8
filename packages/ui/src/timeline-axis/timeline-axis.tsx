import { useId } from 'react';
import { useServerClock } from '../clock/server-clock.ts';
import { dayOf, formatDay, formatTime, type Instant } from '../format/time.ts';
import { registerWords, useWords } from '../i18n/words.ts';
import './timeline-axis.css';

const words = registerWords('ui.timeline', {
  zh: {
    scrub: '时间轴：查看历史时刻',
    now: '回到现在',
    cases: '{{day}}：{{count}} 例',
    decisions: '决策',
    measures: '措施',
    curve: '病例',
  },
  en: {
    scrub: 'Time axis: look at a past moment',
    now: 'Back to now',
    cases: '{{day}}: {{count}} cases',
    decisions: 'Decisions',
    measures: 'Measures',
    curve: 'Cases',
  },
});

export interface TimelineDecision {
  readonly id: string;
  readonly at: Instant;
  readonly title: string;
}
export interface TimelineMeasure {
  readonly id: string;
  readonly from: Instant;
  /** null: still in force. */
  readonly until: Instant | null;
  readonly title: string;
}
export interface TimelineAxisProps {
  readonly from: Instant;
  readonly until: Instant;
  /** The moment the page shows; null = now. */
  readonly at: Instant | null;
  readonly onScrub: (at: string | null) => void;
  readonly curve?: readonly { readonly day: string; readonly count: number }[];
  readonly decisions?: readonly TimelineDecision[];
  readonly measures?: readonly TimelineMeasure[];
  readonly onOpen?: (id: string) => void;
}

const width = 1000;
/** A mark of 24 px on an axis 800 px wide, the narrowest the console shows. */
const markWidth = 30;
const hourMs = 3_600_000;

/** One axis that holds the curve, the decisions and the measures, and takes the page back to any moment of it. */
export function TimelineAxis(props: TimelineAxisProps) {
  const { from, until, at, onScrub, curve = [], decisions = [], measures = [], onOpen } = props;
  const t = useWords(words);
  const id = useId();
  const now = useServerClock().now();
  const start = new Date(from).getTime();
  const end = new Date(until).getTime();
  const x = (instant: Instant) => ((new Date(instant).getTime() - start) / Math.max(1, end - start)) * width;
  const top = Math.max(1, ...curve.map(({ count }) => count));
  const days = daysBetween(start, end);
  const every = Math.max(1, Math.ceil(days.length / 14));
  const shown = at === null ? Math.min(now, end) : new Date(at).getTime();

  return (
    <div className="lv-timeline">
      <svg
        className="lv-timeline__svg"
        viewBox={`0 0 ${width} 96`}
        preserveAspectRatio="none"
        role="img"
        aria-labelledby={id}
      >
        <title
          id={id}
        >{`${t('curve')} · ${t('decisions')} ${decisions.length} · ${t('measures')} ${measures.length}`}</title>
        {days.map((day) => (
          <line
            key={day}
            x1={x(dayStart(day))}
            x2={x(dayStart(day))}
            y1="0"
            y2="96"
            className="lv-timeline__day"
          />
        ))}
        {curve.map(({ day, count }) => {
          const left = x(dayStart(day));
          const right = x(dayStart(day) + 24 * hourMs);
          const height = (count / top) * 44;
          return (
            <rect
              key={day}
              x={left + 1}
              width={Math.max(0.5, right - left - 2)}
              y={48 - height}
              height={height}
              className="lv-timeline__bar"
            >
              <title>{t('cases', { day, count })}</title>
            </rect>
          );
        })}
        <line x1="0" x2={width} y1="48" y2="48" className="lv-timeline__base" />
        {measures.map((measure, index) => (
          <line
            key={measure.id}
            x1={x(measure.from)}
            x2={x(measure.until ?? end)}
            y1={74 + (index % 4) * 6}
            y2={74 + (index % 4) * 6}
            className="lv-timeline__measure"
          >
            <title>{`${formatTime(measure.from, now)} ${measure.title}`}</title>
          </line>
        ))}
        <line x1={x(shown)} x2={x(shown)} y1="0" y2="96" className="lv-timeline__at" />
      </svg>
      <div className="lv-timeline__decisions">
        {neighbours(decisions, (decision) => x(decision.at)).map((near) => {
          const said = near.map((decision) => `${formatTime(decision.at, now)} ${decision.title}`).join('\n');
          const first = near[0]!;
          return (
            <button
              key={first.id}
              type="button"
              className="lv-timeline__decision"
              style={{ insetInlineStart: `${(x(first.at) / width) * 100}%` }}
              title={said}
              aria-label={near.length > 1 ? `${near.length} ${said}` : said}
              onClick={() => onOpen?.(first.id)}
            >
              {near.length > 1 && <span aria-hidden="true">{near.length}</span>}
            </button>
          );
        })}
      </div>
      <div className="lv-timeline__labels" aria-hidden="true">
        {days.map(
          (day, index) =>
            index % every === 0 && (
              <span
                key={day}
                style={{ insetInlineStart: `${Math.max(0, (x(dayStart(day)) / width) * 100)}%` }}
              >
                {formatDay(day, now)}
              </span>
            ),
        )}
      </div>
      <div className="lv-timeline__scrub lv-no-print">
        <input
          type="range"
          aria-label={t('scrub')}
          aria-valuetext={formatTime(shown, now)}
          min={start}
          max={end}
          step={hourMs}
          value={shown}
          onChange={(event) => {
            const wanted = Number(event.target.value);
            onScrub(wanted >= now ? null : new Date(wanted).toISOString());
          }}
        />
        {at !== null && (
          <button type="button" className="lv-button" onClick={() => onScrub(null)}>
            {formatTime(at, now)} · {t('now')}
          </button>
        )}
      </div>
    </div>
  );
}

/** Decisions too close together to be hit one by one become one mark, the earliest first. */
function neighbours<Mark>(marks: readonly Mark[], position: (mark: Mark) => number): Mark[][] {
  const groups: Mark[][] = [];
  for (const mark of marks.toSorted((a, b) => position(a) - position(b))) {
    const group = groups.at(-1);
    if (group && position(mark) - position(group[0]!) < markWidth) group.push(mark);
    else groups.push([mark]);
  }
  return groups;
}

/** Midnight of a civil day in the prefecture (UTC+8 all year), milliseconds. */
const dayStart = (day: string) => Date.parse(`${day}T00:00:00+08:00`);

function daysBetween(start: number, end: number): string[] {
  const days: string[] = [];
  for (let at = dayStart(dayOf(start)); at <= end; at += 24 * hourMs) days.push(dayOf(at));
  return days;
}
