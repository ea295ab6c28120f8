import { DataTable, EmptyState, Page as PageFrame, useNavigation, useWords } from '@levee/ui';
import { pagedBy } from '../../app/paged.ts';
import { AreaChoice } from './area-choice.tsx';
import { useCaseColumns } from './case-columns.tsx';
import { CaseSourceChoice } from './case-source.tsx';
import { CurvePanel } from './curve-panel.tsx';
import { LinkedChips } from './linked-chips.tsx';
import { useCaseList } from './use-case-list.ts';
import { caseWords } from './words.ts';
import './cases.css';

/** The epidemic curve, and under it the cases of the day that is chosen. */
export function Page() {
  const t = useWords(caseWords);
  const { go } = useNavigation();
  const columns = useCaseColumns();
  const { list, rows } = useCaseList();
  return (
    <PageFrame
      title={t('curve')}
      filled
      toolbar={
        <>
          <CaseSourceChoice />
          <AreaChoice />
        </>
      }
    >
      <div className="case-curve">
        <CurvePanel height={300} />
      </div>
      <LinkedChips />
      <div className="case-fill case-bleed">
        <DataTable
          name="cases"
          label={t('list')}
          served
          rows={rows}
          columns={columns}
          rowKey={(row) => row.id}
          {...pagedBy(list)}
          onPeek={(key) => key && go(`/cases/${key}`)}
          empty={<EmptyState why="none" title={t('none')} />}
        />
      </div>
    </PageFrame>
  );
}
