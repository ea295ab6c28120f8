// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { setLanguage } from '../i18n/words.ts';
import { RiskMark } from './risk-mark.tsx';

afterEach(async () => {
  cleanup();
  await setLanguage('zh');
});

it('a risk is said in words and drawn in its own shape, never by colour alone', async () => {
  const { container } = render(
    <>
      <RiskMark level="high" />
      <RiskMark level="medium" />
      <RiskMark level="low" />
    </>,
  );
  expect(screen.getAllByRole('img').map((mark) => mark.getAttribute('aria-label'))).toEqual([
    '高风险',
    '中风险',
    '低风险',
  ]);
  expect(container.textContent).toBe('高中低');
  const shapes = [...container.querySelectorAll('svg')].map((svg) =>
    svg.firstElementChild?.tagName.toLowerCase(),
  );
  expect(new Set(shapes).size).toBe(3);
});

it('a risk is said in English to who reads English', async () => {
  await setLanguage('en');
  render(<RiskMark level="medium" full />);
  expect(screen.getByRole('img', { name: 'Medium risk' }).textContent).toBe('Medium risk');
});
