import { ChoiceTabs, useNavigation, useWords } from '@levee/ui';
import { interchangeWords } from './words.ts';

const PAGES = { links: '/laboratory-links', messages: '/laboratory-messages' } as const;
type Tab = keyof typeof PAGES;

/** Links, and what came over them. */
export function InterchangeTabs({ at }: { at: Tab }) {
  const t = useWords(interchangeWords);
  const { go } = useNavigation();
  return (
    <ChoiceTabs<Tab>
      label={t('tabs')}
      value={at}
      choices={(Object.keys(PAGES) as Tab[]).map((tab) => [tab, t(tab)] as const)}
      onChoose={(tab) => go(PAGES[tab])}
    />
  );
}
