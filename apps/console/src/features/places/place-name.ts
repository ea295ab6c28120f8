import { useLanguage } from '@levee/ui';

interface Named {
  readonly nameZh: string;
  readonly nameEn: string;
}

const NAMES = {
  zh: (place: Named) => place.nameZh,
  en: (place: Named) => place.nameEn || place.nameZh,
};

/** The name of a place in the reader's language; the Chinese one where it has no other. */
export const usePlaceName = (): ((place: Named) => string) => NAMES[useLanguage()];
