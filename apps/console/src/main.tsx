import './no-eval.ts';
import '@levee/ui/tokens.css';
import '@levee/ui/base.css';
import { applyTheme, markDocument } from '@levee/ui';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ConsoleApp } from './app/console-app.tsx';

applyTheme();
markDocument();
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <ConsoleApp />
  </StrictMode>,
);
