import type { Edition } from '@levee/contract';
import { Time, useWords } from '@levee/ui';
import { informationWords } from './words.ts';

/** Who did what on the way to the public: the two persons stand side by side. */
export function BulletinSteps({ edition }: { edition: Edition }) {
  const t = useWords(informationWords);
  const steps = [
    { title: t('step1'), name: edition.author.name, at: edition.lockedAt },
    { title: t('step2'), name: edition.checker?.name, at: edition.checkedAt },
    { title: t('step3'), name: edition.approver?.name, at: edition.publishedAt },
    { title: t('step4'), name: edition.publishedAt ? t('published') : undefined, at: edition.publishedAt },
  ];
  const reached = steps.filter(({ name }) => name !== undefined).length;
  return (
    <ol className="information-steps lv-no-print">
      {steps.map(({ title, name, at }, index) => (
        <li key={title} aria-current={index === reached ? 'step' : undefined} data-done={index < reached}>
          <strong>{title}</strong>
          <span>{name ?? t('notYet')}</span>
          {name !== undefined && at && <Time at={at} />}
        </li>
      ))}
    </ol>
  );
}
