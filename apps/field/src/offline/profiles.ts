/** Who works with this phone: each with a PIN, a key and a queue of their own (T25). */
import { newId } from '@levee/contract';
import { dropList } from './bundle.ts';
import type { FieldDatabase, Profile } from './database.ts';
import { deviceSecret, makeLock, unlock, type Vault } from './vault.ts';

/** Wrong PINs before waiting begins; each further one doubles the wait. Nothing is ever deleted for it: it may be unsent. */
const FREE_TRIES = 5;
const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 3_600_000;

export type Unlocked = { readonly profile: Profile; readonly vault: Vault };
export type PinAnswer =
  | ({ readonly ok: true } & Unlocked)
  | { readonly ok: false; readonly waitMs: number; readonly triesLeft: number };

export async function openProfile(
  db: FieldDatabase,
  who: { id: string; username: string; name: string },
  pin: string,
): Promise<Unlocked> {
  const { lock, vault } = await makeLock(pin, await deviceSecret(db));
  const profile: Profile = {
    accountId: who.id,
    username: who.username,
    name: who.name,
    deviceId: newId(),
    lock,
    wrongPins: 0,
    closedUntilMs: 0,
    lastOrder: 0,
    siteId: null,
    siteName: null,
    epoch: null,
    lastSyncAt: null,
    outcomesSince: null,
    revoked: false,
    clockShiftMs: 0,
  };
  // A profile that exists keeps its key: a new one would make its queue unreadable.
  await db.profiles.add(profile);
  return { profile, vault };
}

export async function tryPin(
  db: FieldDatabase,
  accountId: string,
  pin: string,
  nowMs = Date.now(),
): Promise<PinAnswer> {
  const profile = (await db.profiles.get(accountId))!;
  if (nowMs < profile.closedUntilMs) {
    return { ok: false, waitMs: profile.closedUntilMs - nowMs, triesLeft: 0 };
  }
  const vault = await unlock(profile.lock, pin, await deviceSecret(db));
  const wrongPins = vault ? 0 : profile.wrongPins + 1;
  const over = wrongPins - FREE_TRIES;
  const waitMs = over < 0 ? 0 : Math.min(FIRST_WAIT_MS * 2 ** over, LONGEST_WAIT_MS);
  await db.profiles.update(accountId, { wrongPins, closedUntilMs: waitMs === 0 ? 0 : nowMs + waitMs });
  if (vault) return { ok: true, profile: { ...profile, wrongPins, closedUntilMs: 0 }, vault };
  return { ok: false, waitMs, triesLeft: Math.max(0, FREE_TRIES - wrongPins) };
}

export interface ListedProfile {
  readonly profile: Profile;
  readonly unsent: number;
}

/** For the door: who has work here, and how much of it has not been handed over. */
export async function listProfiles(db: FieldDatabase): Promise<ListedProfile[]> {
  const profiles = await db.profiles.toArray();
  const records = await db.records.toArray();
  return profiles.map((profile) => ({
    profile,
    unsent: records.filter(
      ({ accountId, state }) => accountId === profile.accountId && /^(saved|queued|attention)$/.test(state),
    ).length,
  }));
}

/** Everything of one person on this phone, the unsent with it. Only ever after the count was said and confirmed. */
export async function removeProfile(db: FieldDatabase, accountId: string): Promise<void> {
  await db.transaction('rw', [db.profiles, db.records, db.bundles, db.arriving, db.pages], async () => {
    await db.records
      .where('[accountId+order]')
      .between([accountId, -Infinity], [accountId, Infinity])
      .delete();
    await dropList(db, accountId);
    await db.profiles.delete(accountId);
  });
}
