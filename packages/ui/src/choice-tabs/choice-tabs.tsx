import './choice-tabs.css';

/** Choices side by side of which one is shown; the choice belongs to the URL. */
export function ChoiceTabs<Value extends string>({
  label,
  value,
  choices,
  onChoose,
}: {
  label: string;
  value: Value;
  choices: readonly (readonly [value: Value, title: string])[];
  onChoose: (value: Value) => void;
}) {
  return (
    <fieldset className="lv-tabs lv-no-print" aria-label={label}>
      {choices.map(([each, title]) => (
        <button key={each} type="button" aria-pressed={each === value} onClick={() => onChoose(each)}>
          {title}
        </button>
      ))}
    </fieldset>
  );
}
