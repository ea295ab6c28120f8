import { Icon } from '@levee/ui';

/** What is wrong and what to do about it: never one without the other. */
export function Trouble({ problem, next }: { problem: string; next: string }) {
  return (
    <p className="trouble" role="alert">
      <Icon name="warning" size={20} />
      <span>
        <strong>{problem}</strong>
        <br />
        {next}
      </span>
    </p>
  );
}
