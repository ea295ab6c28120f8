import type { UsedInterval } from '@levee/contract';
import type { Text } from '@levee/ui';
import { number } from './numbers.ts';
import type { T } from './words.ts';

/** `serial interval 12.6 ± 2.8 d, MERS rules (doi …, unverified)`: no Rt without what it rests on. */
export function intervalText(
  { mean, sd, from, pack, pairsCount }: UsedInterval,
  t: T,
  text: (text: Text) => string,
) {
  const source =
    from === 'pack' && pack
      ? t('intervalPack', {
          pack: text(pack.name),
          source: pack.source,
          mark: pack.verified ? '' : t('unverified'),
        })
      : from === 'chains'
        ? t('intervalPairs', { count: pairsCount ?? 0 })
        : t('intervalGiven');
  return t('intervalLine', { mean: number(mean, 1), sd: number(sd, 1), from: source });
}
