import { type CaseField, caseFields, occupationText } from '@levee/contract';
import { useText, useWords } from '@levee/ui';
import { FieldWord } from './marks.tsx';
import { caseWords } from './words.ts';

/** A value of a case's field, whatever its kind; – where nobody knows. */
export function FieldValue({ field, value }: { field: CaseField; value: unknown }) {
  const t = useWords(caseWords);
  const text = useText();
  if (value === null || value === undefined || value === '') return <>–</>;
  const { kind } = caseFields[field];
  if (kind === 'boolean') return <>{t(value === true ? 'yes' : 'no')}</>;
  if (kind === 'choice') return <FieldWord value={String(value)} />;
  if (field === 'occupation') return <>{text(occupationText(String(value)))}</>;
  return <>{String(value)}</>;
}
