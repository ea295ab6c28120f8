import { LeveeError, type Me } from '@levee/contract';
import { useText, useWords } from '@levee/ui';
import { type FormEvent, useState } from 'react';
import { fieldWords } from '../app/words.ts';
import { Trouble } from '../look/trouble.tsx';
import { client } from '../offline/wire.ts';

/** The console's own sign-in; where a name is given, it is that person's. */
export function SignInForm({ username, onIn }: { username?: string; onIn: (me: Me) => void }) {
  const t = useWords(fieldWords);
  const text = useText();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<LeveeError | null>(null);
  const [second, setSecond] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const value = (name: string) => String(form.get(name) ?? '').trim();
    setBusy(true);
    setError(null);
    try {
      const code = value('code');
      const body = {
        username: username ?? value('username'),
        password: value('password'),
        ...(code && { code }),
      };
      onIn(await client.access.signIn({ body }));
    } catch (cause) {
      const known = cause instanceof LeveeError ? cause : new LeveeError('unavailable', {}, { cause });
      if (known.code === 'access.second_factor_needed') setSecond(true);
      else setError(known);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className="form sign-in__form" onSubmit={(event) => void submit(event)}>
      {username === undefined && (
        <label>
          {t('username')}
          <input
            className="lv-input"
            name="username"
            autoComplete="username"
            autoCapitalize="none"
            required
          />
        </label>
      )}
      <label>
        {t('password')}
        <input
          className="lv-input"
          name="password"
          type="password"
          autoComplete="current-password"
          required
        />
      </label>
      {second && (
        <label>
          {t('code')}
          <input className="lv-input" name="code" inputMode="numeric" autoComplete="one-time-code" />
        </label>
      )}
      {error && <Trouble problem={text(error.messages)} next={text(error.nextStep)} />}
      <button className="big big--primary" type="submit" disabled={busy}>
        {t(busy ? 'signingIn' : 'signIn')}
      </button>
    </form>
  );
}
