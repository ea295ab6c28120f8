/** What the server hands the portal's renderer, and what it gets back: published shapes only. */
import type { PublicArea, PublicBulletin } from './information.ts';
import type { DeclarationAnswer } from './key-populations.ts';
import type { Bilingual } from './shapes.ts';
import type { Health } from './system.ts';
import type { OwnResult } from './testing.ts';

export const PORTAL_LANGUAGES = ['zh', 'en', 'bo'] as const;
export type PortalLanguage = (typeof PORTAL_LANGUAGES)[number];

export interface PortalCounty {
  readonly division: string;
  readonly name: Bilingual;
  /** Published areas of the county, the strictest first. */
  readonly areas: readonly PublicArea[];
}

/** A test site of a running round as anybody may see it. */
export interface PublicTestSite {
  readonly id: string;
  readonly county: Bilingual;
  readonly name: Bilingual;
  readonly openFrom: string;
  readonly openUntil: string;
  /** Seconds a person took in the last half hour, the slower of median and mean; null where fewer than five came. */
  readonly secondsPerPerson: number | null;
  /** As the desk counted them within the half hour; null where it did not. */
  readonly waiting: number | null;
  /** waiting × seconds per person, in whole minutes; null where either is unknown. */
  readonly queueMinutes: number | null;
  readonly updatedAt: string;
}

export type PortalView =
  | {
      readonly kind: 'home';
      readonly counties: readonly PortalCounty[];
      readonly bulletins: readonly PublicBulletin[];
      readonly total: number;
      readonly pageNumber: number;
    }
  | { readonly kind: 'area'; readonly county: PortalCounty }
  | {
      readonly kind: 'bulletin';
      readonly bulletin: PublicBulletin;
      /** Every edition, newest first. */
      readonly editions: readonly PublicBulletin[];
      readonly views: number;
      readonly related: readonly PublicBulletin[];
    }
  | { readonly kind: 'sites'; readonly sites: readonly PublicTestSite[] }
  | {
      readonly kind: 'result';
      /** `ask`: the form alone. `refused`: whatever was wrong, said once for all of it. */
      readonly answer: 'ask' | 'refused' | OwnResult;
      /** From the address of a slip that was scanned; one proof of two. */
      readonly code?: string;
    }
  | {
      readonly kind: 'returning';
      /** Counties to choose from; the form itself once one is chosen. */
      readonly counties: readonly { readonly division: string; readonly name: Bilingual }[];
      readonly form: ReturningForm | null;
      readonly answer: DeclarationAnswer | 'ask';
    }
  | { readonly kind: 'not_found' };

export interface ReturningForm {
  readonly county: { readonly division: string; readonly name: Bilingual };
  /** Villages and communities, by township. */
  readonly homes: readonly {
    readonly id: string;
    readonly name: Bilingual;
    readonly township: Bilingual;
  }[];
  /** Proves that the form was asked for here, and names what it becomes. */
  readonly token: string;
  /** Lines of the journey. */
  readonly stays: number;
  /** What was typed, where it comes back with faults. Never kept by a cache. */
  readonly typed: Readonly<Record<string, string>>;
}

export interface PortalPage {
  readonly language: PortalLanguage;
  /** Path below `/portal/<language>`, for the links to the other languages: ``, `/areas/632521`. */
  readonly path: string;
  readonly jurisdiction: Bilingual;
  /** When the store was read. */
  readonly asOf: string;
  readonly demonstration: Health['demonstration'];
  readonly view: PortalView;
}

export interface PortalAnswer {
  readonly status: number;
  readonly html: string;
}

/** What `apps/portal/dist/server.js` exports. */
export type RenderPortal = (page: PortalPage) => PortalAnswer;
