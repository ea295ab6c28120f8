import { AsOf, ChoiceTabs, Page as PageFrame, useUrlText, useWords } from '@levee/ui';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../app/client.ts';
import { useMe } from '../../app/session.ts';
import { DeclarationsTable } from './declarations-table.tsx';
import { EmployersTable } from './employers-table.tsx';
import { EnrolDialog } from './enrol-dialog.tsx';
import { MembersTable } from './members-table.tsx';
import { ReturneeDialog } from './returnee-dialog.tsx';
import { ReturneesTable } from './returnees-table.tsx';
import { RuleLines } from './rule-lines.tsx';
import { keyPopulationWords } from './words.ts';
import './key-populations.css';

const VIEWS = ['due', 'employers', 'returnees', 'declarations'] as const;
type View = (typeof VIEWS)[number];

/** Who must be tested how often by post, and who by where they have been: due, overdue, and whom to tell. */
export function Page() {
  const t = useWords(keyPopulationWords);
  const me = useMe();
  const [urlView, setView] = useUrlText('view');
  const [open, setOpen] = useState<'enrol' | 'returnee' | null>(null);
  const mayRegister = me.permissions.includes('testing.sample');
  const views = VIEWS.filter((one) => one !== 'declarations' || mayRegister);
  const view: View = views.find((one) => one === urlView) ?? 'due';
  const rules = useQuery({
    queryKey: ['keyPopulations', 'rules'],
    queryFn: () => client.keyPopulations.rules(),
  });
  const byPost = view === 'due' || view === 'employers';
  return (
    <PageFrame
      title={t('title')}
      filled
      note={<AsOf at={rules.data?.asOf ?? null} />}
      toolbar={
        <>
          <ChoiceTabs
            label={t('views')}
            value={view}
            choices={views.map((one) => [one, t(`view_${one}`)] as const)}
            onChoose={(one) => setView(one === 'due' ? null : one)}
          />
          {mayRegister && (
            <button
              type="button"
              className="lv-button lv-button--primary"
              onClick={() => setOpen(byPost ? 'enrol' : 'returnee')}
            >
              {t(byPost ? 'enrol' : 'register')}
            </button>
          )}
        </>
      }
    >
      {byPost && <RuleLines rules={rules.data?.items ?? []} />}
      {view === 'due' && <MembersTable />}
      {view === 'employers' && <EmployersTable />}
      {view === 'returnees' && <ReturneesTable />}
      {view === 'declarations' && <DeclarationsTable />}
      {open === 'enrol' && <EnrolDialog onClose={() => setOpen(null)} />}
      {open === 'returnee' && <ReturneeDialog onClose={() => setOpen(null)} />}
    </PageFrame>
  );
}
