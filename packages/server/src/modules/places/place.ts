/** A place of the one tree: an administrative area, a building, a venue or a vehicle. */
import type { PlaceTreeLevel, VenueClass } from '@levee/contract';

export interface Place {
  readonly id: string;
  readonly parentId: string | null;
  readonly code: string | null;
  readonly level: PlaceTreeLevel;
  readonly class: VenueClass | null;
  readonly division: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly approximate: boolean;
  readonly indoors: boolean;
  readonly headcount: number;
}

/** Where the place hangs: the names from the outermost area the reader may see, down to its parent. */
export interface PlaceName {
  readonly id: string;
  readonly nameZh: string;
  readonly nameEn: string;
}
