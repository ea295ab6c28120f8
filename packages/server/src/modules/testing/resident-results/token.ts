/** The second proof for one's own result, made and hashed here; its letters are the contract's. */
import { createHash, randomBytes } from 'node:crypto';
import { hashedText, resultTokenFrom } from '@levee/contract';

export { readResultToken as readToken, spellResultToken as spellToken } from '@levee/contract';

export const makeToken = (): string => resultTokenFrom(randomBytes(16));

export const hashToken = (token: string): Buffer => createHash('sha256').update(hashedText(token)).digest();
