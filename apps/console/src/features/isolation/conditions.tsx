import type { IsolationOrderDetail } from '@levee/contract';
import { ErrorState, Section, useText, useWords } from '@levee/ui';
import { useState } from 'react';
import { client } from '../../app/client.ts';
import { useMe } from '../../app/session.ts';
import { useAct } from './use-act.ts';
import { CONDITION_NAMES, isolationWords } from './words.ts';

type Condition = keyof typeof CONDITION_NAMES;
/** What a person has to say; ages stand in the register. */
const ENTERED = ['cannot_self_care', 'pregnant', 'severe_disease'] as const satisfies readonly Condition[];

/** Grounds for home instead of a facility. */
export function Conditions({ order }: { order: IsolationOrderDetail }) {
  const t = useWords(isolationWords);
  const text = useText();
  const me = useMe();
  const [chosen, setChosen] = useState<ReadonlySet<Condition>>(new Set(order.conditions));
  const act = useAct(() =>
    client.isolation.setConditions({
      purpose: 'isolation_care',
      params: { orderId: order.id },
      body: { conditions: [...chosen], version: order.version },
    }),
  );
  const mayChange =
    ['isolation.write', 'measures.draft'].every((permission) =>
      (me.permissions as readonly string[]).includes(permission),
    ) && ['awaiting', 'in_force'].includes(order.state);
  if (!mayChange && order.conditions.length === 0) return null;
  const changed = chosen.size !== order.conditions.length || order.conditions.some((one) => !chosen.has(one));
  const known = order.conditions.filter((one) => !(ENTERED as readonly string[]).includes(one));
  return (
    <Section title={t('conditions')}>
      <p className="isolation-muted">
        {known.map((one) => text(CONDITION_NAMES[one])).join('、')} {mayChange && t('conditionsHint')}
      </p>
      <div className="isolation-symptoms">
        {ENTERED.map((condition) => (
          <button
            key={condition}
            type="button"
            className="lv-button lv-button--quiet"
            aria-pressed={chosen.has(condition)}
            disabled={!mayChange || act.isPending}
            onClick={() => {
              const after = new Set(chosen);
              if (!after.delete(condition)) after.add(condition);
              setChosen(after);
            }}
          >
            {text(CONDITION_NAMES[condition])}
          </button>
        ))}
        {changed && (
          <button
            type="button"
            className="lv-button"
            disabled={act.isPending}
            onClick={() => act.mutate(undefined)}
          >
            {t('save')}
          </button>
        )}
      </div>
      {act.error && <ErrorState error={act.error} shape="line" />}
    </Section>
  );
}
