import { type Bilingual, type Health, system } from '@levee/contract';
import type pg from 'pg';
import { nowOf } from '../clock.ts';
import { assertDurable, inScopedTransaction } from '../db/pool.ts';
import { jobsInTrouble } from '../jobs/index.ts';
import type { Platform } from '../platform.ts';
import { alarmsAt, sizeText, usedProportion } from '../space/index.ts';
import { implement } from './implement.ts';

type Check = Health['checks'][number];

export const systemRoutes = (
  platform: Platform,
  demonstration: () => Health['demonstration'],
  portalIsBuilt: () => boolean,
) =>
  implement('system', system, {
    health: async (_context, _input, { reply }) => {
      const checks = [
        await durability(platform.pool),
        await setAside(platform.pool),
        await jobs(platform),
        space(platform),
        portal(portalIsBuilt()),
      ];
      const ok = checks.every((check) => check.ok);
      if (!ok) reply.status(503);
      return {
        ok,
        version: platform.version,
        now: nowOf(platform.clock),
        checks,
        demonstration: demonstration(),
      };
    },
    reportContentViolation: async (_context, { body }, { request }) => {
      platform.log.warn(
        { violated: violatedDirective(body), bytes: Number(request.headers['content-length']) },
        'a browser reported a content violation',
      );
      return { ok: true as const };
    },
  });

async function durability(pool: pg.Pool): Promise<Check> {
  try {
    await assertDurable(pool);
    return {
      name: 'database',
      ok: true,
      detail: { zh: '数据库正常，已确认的数据不会丢失', en: 'The database is well and durable' },
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown';
    return {
      name: 'database',
      ok: false,
      detail: { zh: `数据库异常：${reason}`, en: `The database is not well: ${reason}` },
    };
  }
}

async function setAside(pool: pg.Pool): Promise<Check> {
  const { rows } = await pool.query<{ count: number }>('select count(*)::int as count from reaction_failure');
  const count = rows[0]?.count ?? 0;
  return {
    name: 'reactions',
    ok: count === 0,
    detail: {
      zh: `${count} 条事件处理失败，待人工查看`,
      en: `${count} events could not be handled and wait for a person`,
    },
  };
}

/** Jobs set aside in the last day, and jobs no worker came for. */
async function jobs(platform: Platform): Promise<Check> {
  const { failed, stuck } = await inScopedTransaction(
    platform.db,
    platform.config.LEVEE_JURISDICTION,
    jobsInTrouble,
  );
  return {
    name: 'jobs',
    // Jobs rest while the disk is short of room; that is told by its own check.
    // A file nobody could take in is told to who sent it, and is no reason to send everybody away.
    ok: stuck === 0 || platform.space.refusal('bulk') !== null,
    detail: {
      zh: `24 小时内 ${failed} 项后台任务失败，${stuck} 项无人处理`,
      en: `${failed} jobs failed in the last 24 h, ${stuck} wait with nobody at work`,
    },
  };
}

/** Alarms ask for a person; whoever is sent away because of them could not even read. */
function space(platform: Platform): Check {
  const states = platform.space.states();
  if (states.length === 0)
    return { name: 'space', ok: true, detail: { zh: '未读取磁盘空间', en: 'No disk is read' } };
  const standing = states.flatMap(({ level }) => alarmsAt(level));
  const alarm = standing.includes('critical') ? 'critical' : standing[0];
  const figures = states.map((state) => ({
    disk: DISKS[state.place] ?? { zh: state.place, en: state.place },
    used: `${Math.floor(usedProportion(state) * 100)}%`,
    free: sizeText(state.freeBytes),
  }));
  const closed = (['intake', 'command', 'bulk'] as const).find(
    (need) => platform.space.refusal(need) !== null,
  );
  return {
    name: 'space',
    ok: true,
    detail: {
      zh: [
        ...figures.map(({ disk, used, free }) => `${disk.zh}已用 ${used}，剩余 ${free}`),
        ...(closed ? [CLOSED[closed].zh] : []),
      ].join('；'),
      en: [
        ...figures.map(({ disk, used, free }) => `${disk.en} ${used} used, ${free} left`),
        ...(closed ? [CLOSED[closed].en] : []),
      ].join('; '),
    },
    ...(alarm && { alarm }),
  };
}

const DISKS: Readonly<Record<string, Bilingual>> = {
  data: { zh: '数据盘', en: 'Data disk' },
  database: { zh: '数据库盘', en: 'Database disk' },
  wal: { zh: '数据库日志盘', en: 'Disk of the database log' },
};

const CLOSED = {
  bulk: { zh: '上传、导入、导出已暂停', en: 'uploads, imports and exports are paused' },
  command: { zh: '除采样登记外暂不能保存', en: 'nothing but samples can be saved' },
  intake: { zh: '暂不能保存任何记录', en: 'nothing can be saved' },
} as const;

/** A house without public pages works; who looks at its health is told that it has none. */
const portal = (built: boolean): Check => ({
  name: 'portal',
  ok: true,
  detail: built
    ? { zh: '公众门户可用', en: 'The public portal is served' }
    : { zh: '公众门户尚未构建（npm run build）', en: 'The public portal is not built (npm run build)' },
});

/** The directive and what was blocked, as far as the report says; never the page's address, which may name a record. */
function violatedDirective(report: unknown): string {
  const body = (report as { 'csp-report'?: Record<string, unknown> } | null)?.['csp-report'];
  const text = (value: unknown) => (typeof value === 'string' ? value.slice(0, 80) : 'unknown');
  return `${text(body?.['effective-directive'] ?? body?.['violated-directive'])} ${text(body?.['blocked-uri'])}`;
}
