import { ChoiceTabs, useNavigation, useWords } from '@levee/ui';
import { laboratoryWords } from './laboratory-words.ts';

const PAGES = {
  queue: '/laboratory',
  load: '/laboratory/load',
  runs: '/laboratory/runs',
  boxes: '/laboratory/boxes',
  kept: '/laboratory/kept',
} as const;
type Tab = keyof typeof PAGES;

/** The laboratory's pages beside each other. */
export function LaboratoryTabs({ at }: { at: Tab }) {
  const t = useWords(laboratoryWords);
  const { go } = useNavigation();
  return (
    <ChoiceTabs<Tab>
      label={t('lab')}
      value={at}
      choices={(Object.keys(PAGES) as Tab[]).map((tab) => [tab, t(tab)] as const)}
      onChoose={(tab) => go(PAGES[tab])}
    />
  );
}
