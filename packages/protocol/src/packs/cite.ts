/** Small constructors that keep pack files readable: one line per value, its source and its trust. */
import type { Anchor, Counting, Rule, Source, TimedRule } from '../pack.ts';

/** A value read in a stored public page. */
export function sourced<T>(value: T, source: Source, note?: string): Rule<T> {
  return { value, source, confidence: 'sourced', ...(note ? { note } : {}) };
}

/** A value from memory, weak in its source, or our own: a person checks it before operational use. */
export function unverified<T>(value: T, source: Source, note?: string): Rule<T> {
  return { value, source, confidence: 'unverified', ...(note ? { note } : {}) };
}

export function timed<T>(counting: Counting, rule: Rule<T>): TimedRule<T> {
  return { ...rule, counting };
}

const TZ = 'Asia/Shanghai';

/** Counts civil days in China; "N days" are reached when day N begins. */
export function daysFrom(anchor: Anchor, anchorIsDay: 0 | 1): Counting {
  return { anchor, anchorIsDay, unit: 'calendar_day', reached: 'day_start', tz: TZ };
}

/** Counts civil days in China; "N days" are reached when day N is over. */
export function fullDaysFrom(anchor: Anchor): Counting {
  return { anchor, anchorIsDay: 0, unit: 'calendar_day', reached: 'day_end', tz: TZ };
}

export function hoursFrom(anchor: Anchor): Counting {
  return { anchor, anchorIsDay: 0, unit: 'hour', tz: TZ };
}

/** A public page by its number in the fact sheet; the title is the document the page carries. */
export function page(number: keyof typeof ADDRESSES, title: string, section?: string): Source {
  return { title, ...(section ? { section } : {}), address: ADDRESSES[number], mark: `S:${number}` };
}

/** A document named from memory; `weak` when a person must check before any use. */
export function memory(title: string, weak?: 'weak'): Source {
  return { title, mark: weak ? 'M?' : 'M' };
}

/** Our own proposal, for the authority to set. */
export const LEVEE: Source = { title: 'Levee default, proposed to the authority', mark: 'levee' };

// Most are re-posts or press copies of the official text, not the issuer's own page.
const ADDRESSES = {
  1: 'daydaynews.cc/en/hotcomm/amp/3297988.html',
  2: 'hunanyuer.com/news/jiaodian/218617.html',
  4: 'shanxi.news.163.com/22/0630/22/HB54ISFF041999R9.html',
  5: 'fgc.hbeu.edu.cn/info/1038/2285.htm',
  3: 'ddtbk.com/news/576924.html',
  8: 'm.1024fuliba.com/content/detail/637cdf952b56e0f1738b4572.html',
  10: 'big5.sputniknews.cn/20220628/1042182576.html',
  11: '00.wendadaohang.com/zd/nn0eDrITTrDBjjr00ZT.html',
  17: 'wiki.epiman.cn/doc-view-21010.html',
  20: 'homelife.scol.com.cn/shtml/jtshb/20221115/15923.shtml',
  21: 'ccschy.com/techan/4389e93eaf3d46564b778792de1a79f7.html',
  22: 'www1.qingtongxiazx.com/afhpz/3674.html',
  23: 'duorenduoli.com/news/5kn1x5zzdx.html',
  24: 'fhlxsc.cn/zixun/86243.html',
  26: 'jxyuer.com/baike/techan/427867.html',
  28: 'jxyuer.com/news/jiaodian/340497.html',
  31: 'ncdzx.com/xwzx/PoliticsNews/202203/t20220323_12421122.htm',
  33: 'dentistinlewisvilletx.com/p/397522.html',
  34: 'xjytkj.cn/ztzl/gdzl/yqfkgzzl/fktz/content_80653',
  35: 'm.diyibaike.com/shenghuo/135622.html',
  37: 'sdjlnm.com/changshi/264054.html',
  38: 'article.wn.com/view/WNAT3e706249676ae5151b429d2f558fc5ff',
  39: 'zibo.kuyiso.com/news/b31npro4c997.html',
  40: 'lwstw.com/gongshangxinxizixun/cj2h4ioosg.html',
  46: '7tqp.com/news_2307084.shtml',
  47: 'lzanning.gov.cn/art/2023/9/15/art_12022_1270810.html',
  48: 'fymate.net/html/text/lar/170027/17002787_1.html',
  49: 'fymate.net/html/text/lar/170215/17021510_1.html',
  55: 'test-cms.who.int/emergencies/outbreak-toolkit/disease-outbreak-toolboxes/plague-outbreak-toolbox',
  57: 'm.qbook.qq.com/read/1041387966/5',
  58: 'doi.org/10.3201/eid1004.030509',
  97: 'doi.org/10.1186/s12916-023-03070-8',
  98: 'doi.org/10.1101/2023.05.19.23290208',
  100: 'PMC4535930',
  101: 'doi.org/10.1016/j.phrp.2015.08.006',
  116: '67dr.cn/yuanqu/202208/999949918.html',
  117: 'hunanyuer.com/news/jiaodian/22155.html',
  118: 'img.ccschy.com/news/212576.html',
} as const;
