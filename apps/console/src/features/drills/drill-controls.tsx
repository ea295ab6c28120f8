import { ConfirmDialog, ErrorState, registerWords, useText, useWords } from '@levee/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../app/client.ts';
import { useMe } from '../../app/session.ts';

const drillWords = registerWords('drills', {
  zh: {
    pause: '暂停',
    resume: '继续',
    step: '下一情节',
    restart: '重新开始',
    sure: '重新开始会丢弃本次演示中的全部内容，并需要重新登录。',
    scene: '情节 {{done}}/{{total}}：{{title}}',
    refused: '未获系统受理：{{why}}',
    finished: '演示已播放完毕',
  },
  en: {
    pause: 'Pause',
    resume: 'Go on',
    step: 'Next scene',
    restart: 'Start over',
    sure: 'Starting over drops everything done in this demonstration, and everybody signs in again.',
    scene: 'Scene {{done}}/{{total}}: {{title}}',
    refused: 'Refused: {{why}}',
    finished: 'The demonstration has ended',
  },
});

/** Play, pause, step, start over; and what happens now. */
export function DrillControls() {
  const t = useWords(drillWords);
  const text = useText();
  const queries = useQueryClient();
  const may = useMe().permissions.includes('drills.control');
  const drill = useQuery({
    queryKey: ['drills'],
    queryFn: () => client.drills.state(),
    refetchInterval: 3_000,
  });
  const act = useMutation({
    mutationFn: (name: 'pause' | 'resume' | 'step') => client.drills[name](),
    onSuccess: (state) => queries.setQueryData(['drills'], state),
  });
  const [restarting, setRestarting] = useState(false);
  if (!drill.data) return null;
  const { scenes, paused, finished } = drill.data;
  const ended = scenes.filter(({ state }) => state === 'done' || state === 'refused');
  const current = scenes.find(({ state }) => state === 'acting') ?? ended.at(-1) ?? scenes[0]!;
  const said = [
    finished
      ? t('finished')
      : t('scene', { done: ended.length, total: scenes.length, title: text(current.title) }),
    ...(current.problem ? [t('refused', { why: text(current.problem) })] : []),
  ].join(' · ');
  return (
    <>
      <span role="status" className="demo-strip__scene" title={said}>
        {said}
      </span>
      {may && (
        <span className="demo-strip__acts lv-no-print">
          {!finished && (
            <button
              type="button"
              className="lv-button lv-button--quiet"
              onClick={() => act.mutate(paused ? 'resume' : 'pause')}
            >
              {paused ? t('resume') : t('pause')}
            </button>
          )}
          {!finished && (
            <button
              type="button"
              className="lv-button lv-button--quiet"
              disabled={act.isPending}
              onClick={() => act.mutate('step')}
            >
              {t('step')}
            </button>
          )}
          <button type="button" className="lv-button lv-button--quiet" onClick={() => setRestarting(true)}>
            {t('restart')}…
          </button>
        </span>
      )}
      {restarting && (
        <ConfirmDialog
          title={t('restart')}
          act={t('restart')}
          onClose={() => setRestarting(false)}
          onAct={() => client.drills.restart()}
        >
          <p>{t('sure')}</p>
        </ConfirmDialog>
      )}
      {act.error && <ErrorState shape="line" error={act.error} />}
    </>
  );
}
