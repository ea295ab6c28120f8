/**
 * Looks through a text before it is made public (T64, R9): identity numbers, mobile phones, names of people the
 * incident concerns, homes, descriptions of one person; and figures that were typed instead of taken from the lock.
 * The editor runs it at every stroke without names, which only the server knows; the server runs it with them.
 */
import { type BulletinLock, readToken, splitBulletinText, tokenText } from './bulletin-text.ts';
import type { TextFinding } from './information.ts';
import type { Bilingual } from './shapes.ts';

type Kind = TextFinding['kind'];
type Where = TextFinding['where'];

interface Rule {
  readonly kind: Kind;
  readonly severity: TextFinding['severity'];
  readonly pattern: RegExp;
  readonly problem: Bilingual;
}

/** Space, dash or dot that people put between digits. */
const GAP = '[ \\-\\u2010-\\u2015.\\u00b7]?';

const rules: readonly Rule[] = [
  {
    kind: 'identity_number',
    severity: 'blocking',
    pattern: new RegExp(
      `(?<!\\d)\\d{6}${GAP}(?:18|19|20)\\d{2}${GAP}\\d{2}${GAP}\\d{2}${GAP}\\d{3}${GAP}[\\dXx](?!\\d)`,
      'g',
    ),
    problem: { zh: '含有身份证号', en: 'holds an identity number' },
  },
  {
    kind: 'phone',
    severity: 'blocking',
    pattern: new RegExp(`(?<!\\d)1[3-9]\\d${GAP}\\d{4}${GAP}\\d{4}(?!\\d)`, 'g'),
    problem: {
      zh: '含有手机号码（对外请公布座机或热线）',
      en: 'holds a mobile number (publish a landline or hotline)',
    },
  },
  {
    kind: 'home',
    severity: 'blocking',
    pattern:
      /\d+\s*(?:号楼|栋|幢|号院)\s*\d*\s*(?:单元|室|户)|\d+\s*单元|\d+\s*室(?!内|外)|\b(?:unit|flat|apartment|room)\s+\d+/gi,
    problem: { zh: '写到了住所的单元或门户', en: 'names a home down to its door' },
  },
  {
    kind: 'person',
    severity: 'blocking',
    pattern:
      /[男女]\s*(?:性)?\s*[，,、]?\s*\d{1,3}\s*岁|\d{1,3}\s*岁\s*[，,、]?\s*(?:男|女)|(?:病例|感染者|阳性|患者)\s*\d{1,4}(?!\s*(?:例|人|名|\d))\s*[：:（(，,]|\b\d{1,3}[- ]year[- ]old\b|\b(?:case|patient)\s+(?:no\.?\s*)?\d{1,4}\b/gi,
    problem: {
      zh: '描述了某一个人（编号、性别或年龄）：只公布场所与时段',
      en: 'describes one person (number, sex or age): publish places, not people',
    },
  },
  {
    kind: 'typed_figure',
    severity: 'notice',
    pattern:
      /(?<![\d{:])\d[\d,]*\s*(?:例|人次|人(?!民)|名)|\b\d[\d,]*\s+(?:cases?|people|persons|contacts|infections?)\b/gi,
    problem: {
      zh: '手写的数字，未取自锁定数据，请签发人核实',
      en: 'a number typed by hand, not from the locked figures; the approver has to verify it',
    },
  },
];

export interface BulletinWords {
  readonly title: Bilingual;
  readonly body: Bilingual;
  readonly tibetan: { readonly title: string; readonly body: string } | null;
}

export interface SoughtInBulletin {
  readonly written: BulletinWords;
  readonly lock: BulletinLock;
  /** Names of the people the incident concerns, whatever area they are of. */
  readonly names: readonly string[];
}

/** Everything found, in the order of the text's parts. Nothing found is an empty list. */
export function checkBulletinText({ written, lock, names }: SoughtInBulletin): TextFinding[] {
  const parts: readonly (readonly [Where, string])[] = [
    ['title.zh', written.title.zh],
    ['body.zh', written.body.zh],
    ['title.en', written.title.en],
    ['body.en', written.body.en],
    ...(written.tibetan
      ? ([
          ['title.bo', written.tibetan.title],
          ['body.bo', written.tibetan.body],
        ] as const)
      : []),
  ];
  return parts.flatMap(([where, text]) => checkBulletinPart(where, text, lock, names));
}

/** The same for one part of the text, or one paragraph of it. */
export function checkBulletinPart(
  where: TextFinding['where'],
  text: string,
  lock: BulletinLock,
  names: readonly string[] = [],
): TextFinding[] {
  return [...findPatterns(where, text), ...findNames(where, text, names), ...findTokens(where, text, lock)];
}

function findPatterns(where: Where, text: string): TextFinding[] {
  const plain = narrow(withoutTokens(text));
  return rules.flatMap(({ kind, severity, pattern, problem }) =>
    [...plain.matchAll(pattern)].map((match) => ({
      kind,
      severity,
      where,
      excerpt: kind === 'typed_figure' ? match[0] : masked(match[0]),
      problem,
    })),
  );
}

function findNames(where: Where, text: string, names: readonly string[]): TextFinding[] {
  const plain = narrow(withoutTokens(text)).replaceAll(/[\s·•]/g, '');
  return [...new Set(names)]
    .filter((name) => name.length >= 2 && plain.includes(narrow(name).replaceAll(/[\s·•]/g, '')))
    .map((name) => ({
      kind: 'name' as const,
      severity: 'blocking' as const,
      where,
      excerpt: masked(name),
      problem: { zh: '出现与涉疫人员相同的姓名', en: 'holds the name of a person the incident concerns' },
    }));
}

function findTokens(where: Where, text: string, lock: BulletinLock): TextFinding[] {
  const parts = splitBulletinText(text);
  const missing = parts.flatMap((part) =>
    typeof part === 'string' || readToken(part, lock, 'zh') !== null
      ? []
      : [
          {
            kind: 'figure_missing' as const,
            severity: 'blocking' as const,
            where,
            excerpt: tokenText(part),
            problem: { zh: '引用的数据尚无数值', en: 'a figure it names has no number yet' },
          },
        ],
  );
  const unknown = parts.flatMap((part) =>
    typeof part === 'string'
      ? [...part.matchAll(/\{[^{}\n]{0,60}\}/g)].map((match) => ({
          kind: 'unknown_token' as const,
          severity: 'blocking' as const,
          where,
          excerpt: match[0],
          problem: { zh: '花括号中不是可用的数据项', en: 'braces that name no figure' },
        }))
      : [],
  );
  return [...missing, ...unknown];
}

/** A token is a gap of words: digits on both sides of it do not join. */
const withoutTokens = (text: string): string =>
  splitBulletinText(text)
    .map((part) => (typeof part === 'string' ? part : '〔数〕'))
    .join('');

/** Full-width digits and letters as narrow ones, invisible signs gone: both are ways past a pattern. */
const narrow = (text: string): string => text.normalize('NFKC').replaceAll(/\p{Cf}/gu, '');

const masked = (text: string): string => text.slice(0, 1) + '•'.repeat(Math.min(text.length - 1, 8));
