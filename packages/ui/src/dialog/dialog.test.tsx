// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, expect, it } from 'vitest';
import { WriteDialog } from './dialog.tsx';

afterEach(cleanup);

function Host({ onAct }: { onAct: (text: string) => Promise<unknown> }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        排除信号
      </button>
      {open && (
        <WriteDialog title="排除信号" label="理由" act="排除" onAct={onAct} onClose={() => setOpen(false)} />
      )}
    </>
  );
}
const open = () => {
  const opener = screen.getByRole('button', { name: '排除信号' });
  opener.focus();
  fireEvent.click(opener);
  return { opener, field: screen.getByLabelText('理由') };
};

it('an act that needs a reason is never sent without one [F08]', () => {
  const sent: string[] = [];
  render(<Host onAct={async (text) => sent.push(text)} />);
  open();
  fireEvent.click(screen.getByRole('button', { name: '排除' }));
  expect(sent).toEqual([]);
  expect(screen.getByRole('alert').textContent).toContain('请填写');
});

it('a refusal stays in the dialog with what was written; an accepted act closes it and returns the focus [F08]', async () => {
  let refuse = true;
  const sent: string[] = [];
  render(
    <Host
      onAct={async (text) => {
        if (refuse) throw new Error('信号已作出决定');
        sent.push(text);
      }}
    />,
  );
  const { opener, field } = open();
  fireEvent.change(field, { target: { value: ' 复检阴性 ' } });
  fireEvent.click(screen.getByRole('button', { name: '排除' }));
  expect((await screen.findByRole('alert')).textContent).toContain('信号已作出决定');
  expect((field as HTMLTextAreaElement).value).toBe(' 复检阴性 ');
  refuse = false;
  fireEvent.click(screen.getByRole('button', { name: '排除' }));
  await expect.poll(() => screen.queryByLabelText('理由')).toBeNull();
  expect(sent).toEqual(['复检阴性']);
  expect(document.activeElement).toBe(opener);
});
