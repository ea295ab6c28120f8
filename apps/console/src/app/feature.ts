import type { IconName, Text } from '@levee/ui';
import type { Command } from '@levee/ui/palette';
import type { ComponentType } from 'react';

/** The groups of the rail, in the order of the response. */
export const navGroups = [
  { id: 'situation', icon: 'situation', title: { zh: '态势', en: 'Situation' } },
  { id: 'command', icon: 'command', title: { zh: '指挥', en: 'Command' } },
  { id: 'investigation', icon: 'investigation', title: { zh: '流调', en: 'Investigation' } },
  { id: 'testing', icon: 'testing', title: { zh: '检测', en: 'Testing' } },
  { id: 'control', icon: 'control', title: { zh: '管控', en: 'Control' } },
  { id: 'care', icon: 'care', title: { zh: '隔离救治', en: 'Isolation & care' } },
  { id: 'support', icon: 'support', title: { zh: '保障', en: 'Support' } },
  { id: 'information', icon: 'information', title: { zh: '信息', en: 'Information' } },
  { id: 'analysis', icon: 'analysis', title: { zh: '研判', en: 'Analysis' } },
  { id: 'oversight', icon: 'oversight', title: { zh: '督查', en: 'Oversight' } },
  { id: 'drills', icon: 'drills', title: { zh: '演练', en: 'Drills' } },
  { id: 'settings', icon: 'settings', title: { zh: '设置', en: 'Settings' } },
] as const satisfies readonly { id: string; icon: IconName; title: Text }[];

export type NavGroupId = (typeof navGroups)[number]['id'];

export interface NavEntry {
  readonly group: NavGroupId;
  readonly title: Text;
  readonly to: string;
  /** Shown only to who holds it; left out, everybody signed in sees it. */
  readonly permission?: string;
}

export interface FeatureRoute {
  /** TanStack path, `/cases/$caseId`. */
  readonly path: string;
  /** A module that exports `Page`; loaded when the route is first opened. */
  readonly load: () => Promise<{ readonly Page: ComponentType }>;
  /** Cleans the URL's search; unknown or wrong values must fall away, not throw. */
  readonly search?: (raw: Record<string, unknown>) => Record<string, unknown>;
}

/** Places of the shell that a feature may fill; each is rendered once, after sign-in. */
export type ShellSlot = 'incident' | 'clocks' | 'tasks' | 'drill' | 'account';

export interface Feature {
  readonly nav?: readonly NavEntry[];
  readonly routes?: readonly FeatureRoute[];
  readonly commands?: readonly Command[];
  /** Which events make which cached answers old: [kind or `prefix.*`, query key]. */
  readonly live?: readonly (readonly [kind: string, queryKey: readonly unknown[]])[];
  /** Events that ring the bell, and the screen the bell then opens. */
  readonly alerts?: readonly { readonly kind: string; readonly to: string }[];
  readonly slots?: Readonly<Partial<Record<ShellSlot, ComponentType>>>;
  /** Asked for by name so that a feature's words are registered with it. */
  readonly words?: unknown;
}

/** Types a feature without widening it. */
export const defineFeature = (feature: Feature): Feature => feature;
