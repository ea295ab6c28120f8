/** Headquarters, the named posts in them, and how one finds who answers. */
import type { ActorRef, Bilingual, Role } from '@levee/contract';

export interface Post {
  readonly id: string;
  readonly headquartersId: string;
  readonly division: string;
  readonly rank: number;
  readonly title: Bilingual;
  readonly role: Role;
  readonly holder: ActorRef | null;
  readonly deputy: ActorRef | null;
  readonly version: number;
}

export interface Headquarters {
  readonly id: string;
  readonly division: string;
  readonly name: Bilingual;
}

/** What the headquarters of an area is called, and signs as. */
export const headquartersOf = (area: Bilingual): Bilingual => ({
  zh: `${area.zh}疫情防控指挥部`,
  en: `${area.en} headquarters`,
});

/** Who answers for a duty, step by step. A step nobody fills is null; no person stands on two steps. */
export interface ResponsibilityChain {
  readonly owner: ActorRef | null;
  readonly deputy: ActorRef | null;
  readonly headquarters: ActorRef | null;
  readonly upperHeadquarters: ActorRef | null;
}

/** The posts every headquarters is set up with, in order of rank; roles are those of the accounts. */
export const STANDARD_POSTS: readonly { readonly role: Role; readonly title: Bilingual }[] = [
  { role: 'commander', title: { zh: '指挥长', en: 'Commander' } },
  { role: 'duty_officer', title: { zh: '值班长', en: 'Duty officer' } },
  { role: 'epidemiologist', title: { zh: '流调溯源组组长', en: 'Head of investigation' } },
  { role: 'laboratory', title: { zh: '核酸检测组组长', en: 'Head of testing' } },
  { role: 'field_worker', title: { zh: '社区防控组组长', en: 'Head of community control' } },
  { role: 'hospital', title: { zh: '医疗救治组组长', en: 'Head of medical care' } },
  { role: 'department', title: { zh: '综合保障组组长', en: 'Head of supplies and support' } },
  { role: 'information_officer', title: { zh: '宣传舆情组组长', en: 'Head of information' } },
  { role: 'inspector', title: { zh: '督查组组长', en: 'Head of inspection' } },
];

/** The areas `division` lies in, itself first, as far up as the jurisdiction: 632521102 → 632521102, 632521, 6325. */
export function divisionsUpward(division: string, jurisdiction: string): string[] {
  const code = division.split('-')[0]!;
  return [division, ...[12, 9, 6, 4, 2].map((length) => code.slice(0, length))]
    .filter((each, index, all) => all.indexOf(each) === index)
    .filter((each) => each.startsWith(jurisdiction));
}

/**
 * The chain for a duty of `role` in `division`: the nearest post of that role going up (its deputy where it is
 * empty), that post's deputy, the commander at the same level, the commander above. Without any such post the nearest
 * commander owns it: a duty is never left lying because a group was not set up.
 */
export function chainOf(posts: readonly Post[], upward: readonly string[], role: Role): ResponsibilityChain {
  const filled = posts.filter((post) => post.holder ?? post.deputy);
  const nearest = (wanted: Role, from = 0) => {
    for (let level = from; level < upward.length; level += 1) {
      const post = filled
        .filter((each) => each.division === upward[level] && each.role === wanted)
        .sort((a, b) => a.rank - b.rank)[0];
      if (post) return { post, level };
    }
    return null;
  };
  const found = nearest(role) ?? nearest('commander');
  if (!found) return { owner: null, deputy: null, headquarters: null, upperHeadquarters: null };

  const taken = new Set<string>();
  const take = (...candidates: (ActorRef | null | undefined)[]): ActorRef | null => {
    const free = candidates.find((each) => each && !taken.has(each.id)) ?? null;
    if (free) taken.add(free.id);
    return free;
  };
  const owner = take(found.post.holder, found.post.deputy);
  const deputy = take(found.post.deputy);
  const commander = nearest('commander', found.level);
  const headquarters = commander ? take(commander.post.holder, commander.post.deputy) : null;
  const above = commander ? nearest('commander', commander.level + 1) : null;
  const upperHeadquarters = above ? take(above.post.holder, above.post.deputy) : null;
  return { owner, deputy, headquarters, upperHeadquarters };
}
