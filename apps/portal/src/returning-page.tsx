import type { PortalLanguage, PortalView, ReturningForm } from '@levee/contract';
import { faultWord, levelWord, pick, words } from './words.ts';

type View = Extract<PortalView, { kind: 'returning' }>;

/** Somebody coming home says where they have been: county first, then one form, without script. */
export function Returning({ view, language }: { view: View; language: PortalLanguage }) {
  const { answer, form, counties } = view;
  if (answer !== 'ask' && answer.kind === 'declared') return <Declared answer={answer} language={language} />;
  return (
    <>
      <h1>{pick(words.returning, language)}</h1>
      {answer !== 'ask' && (
        <div className="notice" role="alert">
          {answer.kind === 'faults' ? (
            <>
              <p>{pick(words.faults, language)}</p>
              <ul>
                {answer.faults.map((field) => (
                  <li key={field} className="fault">
                    {pick(faultWord[field], language)}
                  </li>
                ))}
              </ul>
            </>
          ) : (
            pick(words[answer.kind], language)
          )}
        </div>
      )}
      <p>{pick(words.returningWhy, language)}</p>
      {form ? (
        <Form form={form} language={language} />
      ) : (
        <>
          <h2>{pick(words.whichCounty, language)}</h2>
          <ul>
            {counties.map(({ division, name }) => (
              <li key={division}>
                <a href={`/portal/${language}/returning/${division}`}>{pick(name, language)}</a>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function Form({ form, language }: { form: ReturningForm; language: PortalLanguage }) {
  const { county, homes, token, stays, typed } = form;
  const townships = Map.groupBy(homes, ({ township }) => pick(township, language));
  return (
    <form method="post" action={`/portal/${language}/returning`} autoComplete="off">
      <input type="hidden" name="token" value={token} />
      <input type="hidden" name="county" value={county.division} />
      <label>
        {pick(words.name, language)}
        <input name="name" required maxLength={60} defaultValue={typed.name} />
      </label>
      <label>
        {pick(words.number, language)}
        <input name="number" required maxLength={18} defaultValue={typed.number} spellCheck={false} />
      </label>
      <label>
        {pick(words.phone, language)}
        <input name="phone" type="tel" required maxLength={24} defaultValue={typed.phone} />
      </label>
      <label>
        {pick(county.name, language)} · {pick(words.stayingIn, language)}
        <select name="home" required defaultValue={typed.home ?? ''}>
          <option value="">{pick(words.choose, language)}</option>
          {[...townships].map(([township, inIt]) => (
            <optgroup key={township} label={township}>
              {inIt.map(({ id, name }) => (
                <option key={id} value={id}>
                  {pick(name, language)}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </label>
      <label>
        {pick(words.arrived, language)}
        <input name="arrived" type="date" required defaultValue={typed.arrived} />
      </label>
      <h2>{pick(words.journey, language)}</h2>
      {Array.from({ length: stays }, (_, index) => index + 1).map((line) => (
        <Stay key={line} line={line} typed={typed} language={language} />
      ))}
      <small>{pick(words.returningUse, language)}</small>
      <button type="submit">{pick(words.declare, language)}</button>
    </form>
  );
}

interface StayProps {
  readonly line: number;
  readonly typed: ReturningForm['typed'];
  readonly language: PortalLanguage;
}

/** The first stands open; the others open with a tap, without script. */
function Stay(props: StayProps) {
  const { line, typed, language } = props;
  if (line === 1) return <StayFields {...props} />;
  return (
    <details open={Boolean(typed[`where${line}`])}>
      <summary>
        {pick(words.addStay, language)} {line}
      </summary>
      <StayFields {...props} />
    </details>
  );
}

function StayFields({ line, typed, language }: StayProps) {
  const first = line === 1;
  return (
    <fieldset aria-label={`${pick(words.journey, language)} ${line}`}>
      <label>
        {pick(words.where, language)}
        <input name={`where${line}`} required={first} maxLength={60} defaultValue={typed[`where${line}`]} />
      </label>
      <label>
        {pick(words.level, language)}
        <select name={`level${line}`} defaultValue={typed[`level${line}`] ?? 'unknown'}>
          <option value="unknown">{pick(words.unknownLevel, language)}</option>
          {(['high', 'medium', 'low'] as const).map((level) => (
            <option key={level} value={level}>
              {pick(levelWord[level], language)}
            </option>
          ))}
          <option value="routine">{pick(words.routineLevel, language)}</option>
        </select>
      </label>
      <label>
        {pick(words.left, language)}
        <input name={`left${line}`} type="date" required={first} defaultValue={typed[`left${line}`]} />
      </label>
    </fieldset>
  );
}

function Declared({
  answer,
  language,
}: {
  answer: Extract<Exclude<View['answer'], 'ask'>, { kind: 'declared' }>;
  language: PortalLanguage;
}) {
  const { receipt, testDays, certain, rule } = answer;
  return (
    <article>
      <h1>{pick(words.declared, language)}</h1>
      <p className="facts">
        <span>
          {pick(words.receipt, language)} {receipt}
        </span>
      </p>
      {testDays.length > 0 ? (
        <>
          <h2>{pick(words.testsOn, language)}</h2>
          <ul>
            {testDays.map((day) => (
              <li key={day} className="days">
                {day}
              </li>
            ))}
          </ul>
          {rule && (
            <p className="facts">
              {pick(words.ruleIs, language)} {pick(rule, language)}
            </p>
          )}
        </>
      ) : (
        certain && <p>{pick(words.noTests, language)}</p>
      )}
      {!certain && <p className="notice">{pick(words.uncertain, language)}</p>}
      <p>{pick(words.nextStep, language)}</p>
      <nav className="facts">
        <a href={`/portal/${language}/sites`}>{pick(words.sites, language)}</a>
        <a href={`/portal/${language}/returning`}>{pick(words.anotherReturn, language)}</a>
      </nav>
    </article>
  );
}
