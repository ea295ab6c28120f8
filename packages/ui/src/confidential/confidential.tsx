import { registerWords, useWords } from '../i18n/words.ts';
import { Icon } from '../icon/icon.tsx';
import './confidential.css';

const words = registerWords('ui.confidential', {
  zh: { mark: '保密', why: '有记录，但不在您的查阅权限内', ask: '申请查阅' },
  en: { mark: 'Confidential', why: 'Recorded, but outside what you may read', ask: 'Ask for access' },
});

/** Stands in place of a value that exists but may not be read: never a blank, so nobody takes it for unknown. */
export function Confidential({ onAsk }: { onAsk?: () => void }) {
  const t = useWords(words);
  return (
    <span className="lv-confidential" title={t('why')}>
      <Icon name="lock" size={14} />
      {t('mark')}
      <span className="lv-hidden">：{t('why')}</span>
      {onAsk !== undefined && (
        <button type="button" className="lv-confidential__ask" onClick={onAsk}>
          {t('ask')}
        </button>
      )}
    </span>
  );
}
