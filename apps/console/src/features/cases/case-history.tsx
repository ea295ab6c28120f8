import { type CaseChange, type CaseField, caseFields } from '@levee/contract';
import { AsOf, ErrorState, Loading, Section, Time, useText, useWords } from '@levee/ui';
import { useQuery } from '@tanstack/react-query';
import { client } from '../../app/client.ts';
import { FieldValue } from './field-value.tsx';
import { FieldWord } from './marks.tsx';
import { useCasePurpose } from './purpose.ts';
import { caseWords } from './words.ts';

/** Every change, newest first: who, when, why, and field by field what it was and became. */
export function CaseHistory({ caseId }: { caseId: string }) {
  const t = useWords(caseWords);
  const purpose = useCasePurpose();
  const history = useQuery({
    queryKey: ['cases', caseId, 'history'],
    queryFn: () => client.cases.history({ params: { caseId }, purpose }),
  });
  if (history.error) return <ErrorState error={history.error} onRetry={() => void history.refetch()} />;
  if (!history.data) return <Loading />;
  const acts = [...Map.groupBy(history.data.items, ({ version }) => version)];
  return (
    <Section title={t('history')} note={<AsOf at={history.data.asOf} />}>
      <ol className="case-acts">
        {acts.map(([version, changes]) => (
          <Act key={version} version={version} changes={changes} />
        ))}
      </ol>
    </Section>
  );
}

/** What was changed in one go. */
function Act({ version, changes }: { version: number; changes: readonly CaseChange[] }) {
  const t = useWords(caseWords);
  const text = useText();
  const first = changes[0]!;
  const nameOf = (field: CaseChange['field']) =>
    field in caseFields ? text(caseFields[field as CaseField].label) : t(`field.${field as 'opened'}`);
  return (
    <li className="case-act">
      <p className="case-act__who">
        <Time at={first.at} /> <strong>{first.by.name}</strong>
        <span className="case-quiet">{t('version', { version })}</span>
      </p>
      <p>{first.reason ?? <span className="case-quiet">{t('noReason')}</span>}</p>
      <table className="lv-diff">
        <tbody>
          {changes.map(({ field, old, new: now }) => (
            <tr key={field}>
              <th scope="row">{nameOf(field)}</th>
              <td>{field !== 'opened' && <del>{<Shown field={field} value={old} />}</del>}</td>
              <td>
                <ins>
                  <Shown field={field} value={now} />
                </ins>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </li>
  );
}

function Shown({ field, value }: { field: CaseChange['field']; value: unknown }) {
  const t = useWords(caseWords);
  // The change holds who by id only: the name stands at the head of the case, while it is known.
  if (field === 'person' && value !== null) return t('identified');
  if (field in caseFields) return <FieldValue field={field as CaseField} value={value} />;
  return <FieldWord value={value === null || value === undefined ? null : String(value)} />;
}
