import type { Random } from './random.ts';

// Common surnames and given names of the area, as lists and nothing more: no list, and no name, is tied to any
// attribute of a person. A household draws one way of naming and keeps it.

const SURNAMES = [
  ...'王李张马刘陈杨赵韩祁星周吴徐孙朱胡郭何高林郑谢罗梁宋唐许邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙史陶贺顾毛郝龚邵万严覃武钱戴莫孔向汤',
];
const MALE_SIGNS = [
  ...'伟强磊军洋勇杰涛明超刚平辉鹏华飞鑫波斌宇浩凯健俊帆旭宁龙成海东建国庆文武德福生才元青山林峰亮志永祥',
];
const FEMALE_SIGNS = [
  ...'芳娜敏静丽艳娟霞秀英兰燕玲桂花红梅莉琴云洁雪琳倩颖慧佳欣怡婷瑶月春凤玉珍香莲菊青萍雅晓',
];
const FIRST_PARTS = [
  '扎西',
  '才让',
  '多杰',
  '索南',
  '尼玛',
  '达哇',
  '桑杰',
  '万玛',
  '加羊',
  '完德',
  '旦增',
  '仁青',
  '南加',
  '周毛',
  '彭毛',
  '拉毛',
  '才旦',
  '更藏',
  '久美',
  '华旦',
  '东周',
  '公保',
  '昂毛',
  '德吉',
  '卓玛',
  '央金',
  '白玛',
  '格桑',
  '洛桑',
  '班玛',
  '贡保',
  '夏吾',
  '官却',
  '斗格',
  '关却',
  '李毛',
];
const MALE_PARTS = [
  '才让',
  '多杰',
  '扎西',
  '南加',
  '加',
  '东智',
  '旦正',
  '才旦',
  '太',
  '杰布',
  '尖措',
  '嘉措',
  '先',
  '本',
  '当周',
  '项秀',
  '多旦',
  '闹吾',
  '仁增',
  '端智',
];
const FEMALE_PARTS = [
  '卓玛',
  '措毛',
  '拉毛',
  '吉',
  '措',
  '德吉',
  '央宗',
  '草',
  '兰措',
  '卓尕',
  '毛',
  '旺姆',
  '白珍',
  '拉措',
  '才毛',
  '央忠',
  '桑毛',
  '青措',
  '措吉',
  '看着',
];

/** How one household names its people. */
export type Naming = (random: Random, sex: 'male' | 'female') => string;

export function drawNaming(random: Random): Naming {
  if (random.chance(0.55)) {
    return (draws, sex) => {
      const last = draws.pick(sex === 'male' ? MALE_PARTS : FEMALE_PARTS);
      const first = draws.pick(FIRST_PARTS);
      return first === last ? `${first}${sex === 'male' ? '加' : '措'}` : first + last;
    };
  }
  const surname = random.pick(SURNAMES);
  return (draws, sex) => {
    const signs = sex === 'male' ? MALE_SIGNS : FEMALE_SIGNS;
    return surname + draws.pick(signs) + (draws.chance(0.7) ? draws.pick(signs) : '');
  };
}
