import type { BundleManifest } from '@levee/contract';
import { useLanguage, useWords } from '@levee/ui';
import { fieldWords } from '../app/words.ts';

/** The villages and communities of the carried list; the form field `placeId`. */
export function HomeChoice({ homes }: { homes: BundleManifest['homes'] }) {
  const t = useWords(fieldWords);
  const language = useLanguage();
  return (
    <label>
      {t('home')}
      <select className="lv-input" name="placeId" defaultValue="">
        <option value="">{t('choose')}</option>
        {homes.map((home) => (
          <option key={home.id} value={home.id}>
            {language === 'zh' ? home.nameZh : home.nameEn || home.nameZh}
          </option>
        ))}
      </select>
    </label>
  );
}
