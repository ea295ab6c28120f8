import type { BundlePerson } from '@levee/contract';
import { expect, test } from 'vitest';
import { searchPeople } from './search-people.ts';

const person = (nameZh: string, pinyin: string, initials: string, last: string): BundlePerson => ({
  ...{ id: nameZh, nameZh, pinyin, initials, identityMasked: `••••${last}` },
  ...{ householdId: null, card: null, lastSampledAt: null, resampleWanted: false, due: null },
});
const people = [
  person('才让卓玛', 'cairangzhuoma', 'crzm', '0012'),
  person('卓玛', 'zhuoma', 'zm', '231X'),
  person('张明', 'zhangming', 'zm', '4411'),
  person('祝曼丽', 'zhumanli', 'zml', '9001'),
];
const found = (typed: string) => searchPeople(people, typed).map(({ nameZh }) => nameZh);

test('somebody is found by name, pinyin, initials and the last places of the card [F35]', () => {
  expect(found('卓玛')).toEqual(['卓玛', '才让卓玛']);
  expect(found('zhuo ma')).toEqual(['卓玛']);
  expect(found('ZM')).toEqual(['卓玛', '张明', '祝曼丽']);
  expect(found('231x')).toEqual(['卓玛']);
  expect(found('')).toEqual([]);
  expect(found('不在')).toEqual([]);
});
