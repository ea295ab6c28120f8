import { CASE_FIELDS, type CaseField, type CaseFile, caseFields } from '@levee/contract';
import { Confidential, Facts, Section, Time, useNavigation, useText, useWords } from '@levee/ui';
import { useState } from 'react';
import { useMe } from '../../app/session.ts';
import { FoundInEvidence } from '../testing/found-in.tsx';
import { CaseForm } from './case-form.tsx';
import { CaseLinksPanel } from './case-links.tsx';
import { ClassifyForm } from './classify-form.tsx';
import { FieldValue } from './field-value.tsx';
import { IdentifyCase } from './identify-case.tsx';
import { FoundIn } from './marks.tsx';
import { useMayWriteCases } from './purpose.ts';
import { caseWords } from './words.ts';

const DATES = CASE_FIELDS.filter((field) => caseFields[field].kind === 'day');
const PERSON = ['gender', 'age', 'occupation', 'hcw', 'location'] as const satisfies readonly CaseField[];
const COURSE = ['severity', 'hospital', 'outcome', 'note'] as const satisfies readonly CaseField[];

/** What is known of a case, to read and, for who may, to change. */
export function CaseOverview({ caseFile }: { caseFile: CaseFile }) {
  const t = useWords(caseWords);
  const text = useText();
  const mayWrite = useMayWriteCases();
  const [editing, setEditing] = useState(false);
  if (editing) return <CaseForm caseFile={caseFile} onClose={() => setEditing(false)} />;
  const rows = (fields: readonly CaseField[]) =>
    fields.map(
      (field) =>
        [
          text(caseFields[field].label),
          <FieldValue key={field} field={field} value={caseFile[field]} />,
        ] as const,
    );
  return (
    <div className="case-columns">
      <Section
        title={t('facts')}
        actions={
          mayWrite && (
            <button type="button" className="lv-button" onClick={() => setEditing(true)}>
              {t('edit')}
            </button>
          )
        }
      >
        <div className="case-facts">
          <Facts
            rows={[
              [t('person'), <WhoIs key="person" caseFile={caseFile} />],
              [t('foundIn'), <FoundIn key="found" of={caseFile} />],
              ...rows(PERSON),
              [t('area'), text(caseFile.divisionName)],
              [t('opened'), <Time key="opened" at={caseFile.openedAt} />],
            ]}
          />
          <Facts rows={rows([...DATES, ...COURSE])} />
        </div>
        {caseFile.sampleId && <FoundInEvidence sampleId={caseFile.sampleId} />}
      </Section>
      <div>
        {mayWrite && <ClassifyForm caseFile={caseFile} />}
        <CaseLinksPanel caseFile={caseFile} />
      </div>
    </div>
  );
}

/** The person's own record, for who may open it; where nobody is named yet, for who may say it. */
function WhoIs({ caseFile }: { caseFile: CaseFile }) {
  const { person } = caseFile;
  const mayWrite = useMayWriteCases();
  const t = useWords(caseWords);
  const { Link } = useNavigation();
  const me = useMe();
  const [identifying, setIdentifying] = useState(false);
  if (person === null)
    return (
      <span className="case-line">
        <span className="case-quiet">{t(caseFile.lineListId ? 'noPerson' : 'notIdentified')}</span>
        {mayWrite && !caseFile.lineListId && (
          <button type="button" className="lv-button lv-button--quiet" onClick={() => setIdentifying(true)}>
            {t('identify')}…
          </button>
        )}
        {identifying && <IdentifyCase caseFile={caseFile} onClose={() => setIdentifying(false)} />}
      </span>
    );
  return (
    <>
      {me.permissions.includes('people.read') ? (
        <Link href={`/people/${person.id}`}>{person.nameZh}</Link>
      ) : (
        <>
          {person.nameZh} <Confidential />
        </>
      )}
    </>
  );
}
