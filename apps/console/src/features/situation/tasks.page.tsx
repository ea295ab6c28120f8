import { Page as PageFrame, useWords } from '@levee/ui';
import { MyTasks } from './my-tasks.tsx';
import './situation.css';
import { situationWords } from './words.ts';

/** Every duty of mine in one list. */
export function Page() {
  const t = useWords(situationWords);
  return (
    <PageFrame title={t('myTasks')}>
      <MyTasks limit={200} />
    </PageFrame>
  );
}
