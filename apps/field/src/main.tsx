import './app/no-eval.ts';
import '@levee/ui/tokens.css';
import '@levee/ui/base.css';
import './look/field.css';
import { registerSW } from 'virtual:pwa-register';
import { applyTheme, markDocument } from '@levee/ui';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { FieldApp } from './app/field-app.tsx';

applyTheme();
markDocument();
registerSW();
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <FieldApp />
  </StrictMode>,
);
