/** What was wrong with a value, said so that a person can mend it. */
import type { Fault } from '@levee/contract';
import type * as z from 'zod';
import * as locales from 'zod/v4/locales';

const zh = locales.zhCN().localeError;
const en = locales.en().localeError;

const say = (localeError: typeof zh, issue: z.core.$ZodIssue): string => {
  const said = localeError(issue as never);
  return typeof said === 'string' ? said : (said?.message ?? issue.message);
};

export function faultsOf(error: z.ZodError, where: string): Fault[] {
  return error.issues.slice(0, 50).map((issue) => ({
    where: [where, ...issue.path.map(String)].join('.'),
    problem: { zh: say(zh, issue), en: say(en, issue) },
  }));
}
