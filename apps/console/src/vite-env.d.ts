/** What the browser needs of the contract, without its schemas; made by vite.config.ts. */
declare module 'virtual:levee-contract' {
  import type { Contract, EventKind, Route } from '@levee/contract';
  export const routes: {
    readonly [G in keyof Contract]: {
      readonly [R in keyof Contract[G]]: Pick<Route, 'method' | 'path' | 'summary'>;
    };
  };
  export const eventKinds: Readonly<Record<EventKind, { readonly zh: string; readonly en: string }>>;
}
