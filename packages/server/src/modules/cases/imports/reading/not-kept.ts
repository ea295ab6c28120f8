/**
 * Attributes of a person the product does not keep (R1): a column that holds one is dropped before anything is stored,
 * and the report says so. Known by its name, or by what stands in it where the name says nothing.
 */
const NAMES: readonly string[] = [
  // zh
  '民族',
  '族别',
  '族属',
  '民族成分',
  '少数民族',
  '宗教',
  '宗教信仰',
  '信仰',
  '教派',
  '教名',
  '政治面貌',
  '党派',
  '党员',
  '政治身份',
  '性取向',
  '种姓',
  '种族',
  // bo
  'མི་རིགས',
  'རིགས',
  'ཆོས་ལུགས',
  'ཆོས་དད',
  'དད་པ',
  'དད་མོས',
  // en, and pinyin as some systems write it
  'ethnicity',
  'ethnic',
  'ethnicgroup',
  'ethnicorigin',
  'nationality',
  'race',
  'minority',
  'tribe',
  'clan',
  'caste',
  'religion',
  'religious',
  'religiousaffiliation',
  'faith',
  'sect',
  'denomination',
  'church',
  'political',
  'politicalaffiliation',
  'politicalstatus',
  'politicalparty',
  'party',
  'partymembership',
  'sexualorientation',
  'minzu',
  'zongjiao',
  'zhengzhimianmao',
  // faith tabernacle church, in the line list of Abakaliki 1967
  'ftc',
];

const KNOWN = new Set(NAMES.map(bare));
/** Long enough to be meant wherever they stand in a name: 患者民族, patient_ethnicity. */
const INSIDE = /民族|宗教|信仰|政治面貌|ethnic|religio|minzu|མི་རིགས|ཆོས་ལུགས/i;
/** 56 groups as a register writes them; one such cell says little, a column of them says what it is. */
const GROUPS =
  /^(汉|蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺)族$/u;
const FAITHS =
  /^(佛教|藏传佛教|伊斯兰教|道教|基督教|天主教|无宗教信仰|buddhist|muslim|christian|catholic|hindu|taoist)$/iu;
const PARTIES = /^(中共党员|中共预备党员|共青团员|群众|民主党派|无党派人士)$/u;

function bare(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s_\-./()（）:：]/gu, '');
}

export function isNotKept(name: string, values: Iterable<string>): boolean {
  if (KNOWN.has(bare(name)) || INSIDE.test(name.normalize('NFKC'))) return true;
  let filled = 0;
  let telling = 0;
  for (const value of values) {
    const text = value.trim();
    if (text === '') continue;
    filled += 1;
    if (GROUPS.test(text) || FAITHS.test(text) || PARTIES.test(text)) telling += 1;
    if (filled === 200) break;
  }
  return filled > 0 && telling * 2 > filled;
}
