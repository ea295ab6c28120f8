import { Page as PageFrame, useUrlText, useWords } from '@levee/ui';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { client } from '../../app/client.ts';
import { PlaceChoice } from './place-choice.tsx';
import { PoolRecord } from './pool-record.tsx';
import { useTestingPurpose } from './purpose.ts';
import { testingWords } from './words.ts';
import './testing.css';

/** One tube as a page of its own. */
export function Page() {
  const t = useWords(testingWords);
  const { poolId = '' } = useParams({ strict: false }) as { poolId?: string };
  const purpose = useTestingPurpose();
  const [labId, setLab] = useUrlText('lab');
  const pool = useQuery({
    queryKey: ['testing', 'pool', poolId],
    queryFn: () => client.testing.poolById({ purpose, params: { poolId } }),
  });
  return (
    <PageFrame
      title={pool.data?.tubeCode ?? t('tube')}
      breadcrumbs={[{ title: t('laboratory'), href: '/laboratory' }]}
      toolbar={<PlaceChoice of="laboratory" value={labId} onChange={setLab} />}
    >
      <PoolRecord poolId={poolId} labId={labId} />
    </PageFrame>
  );
}
