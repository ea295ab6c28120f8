import { IMPORT_LIMITS, newId } from '@levee/contract';
import {
  ErrorState,
  FormActions,
  FormField,
  FormGrid,
  Page as PageFrame,
  useNavigation,
  useWords,
} from '@levee/ui';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { client } from '../../app/client.ts';
import { useMe } from '../../app/session.ts';
import { type ChosenFile, readChosen, sizeText } from './import-files.ts';
import { ImportSteps } from './import-state.tsx';
import { importWords } from './import-words.ts';
import './import.css';

/** Choose a line list, and links if there are any; the rest of the way begins with what the server read. */
export function Page() {
  const t = useWords(importWords);
  const me = useMe();
  const { go } = useNavigation();
  const [cases, setCases] = useState<ChosenFile | null>(null);
  const [contacts, setContacts] = useState<ChosenFile | null>(null);
  const [area, setArea] = useState(me.division);
  const upload = useMutation({
    mutationFn: (body: { cases: ChosenFile; contacts: ChosenFile | null }) =>
      client.cases.uploadImport({
        purpose: 'case_investigation',
        body: {
          id: newId(),
          division: area.trim(),
          cases: { name: body.cases.name, base64: body.cases.base64 },
          contacts: body.contacts && { name: body.contacts.name, base64: body.contacts.base64 },
        },
      }),
    onSuccess: ({ id }) => go(`/imports/${id}`),
  });
  const example = useMutation({
    mutationFn: async () => {
      const [list, links] = await Promise.all([
        client.cases.importExample({ query: { file: 'cases' } }),
        client.cases.importExample({ query: { file: 'contacts' } }),
      ]);
      const chosen = (file: typeof list): ChosenFile => ({
        name: file.fileName,
        bytes: Math.floor((file.base64.length * 3) / 4),
        base64: file.base64,
      });
      setCases(chosen(list));
      setContacts(chosen(links));
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (cases) upload.mutate({ cases, contacts });
  };
  return (
    <PageFrame
      title={t('newImport')}
      breadcrumbs={[{ title: t('imports'), href: '/imports' }]}
      toolbar={<ImportSteps at="stepUpload" />}
    >
      <form className="import-upload" onSubmit={submit}>
        <FormGrid columns={2}>
          <FileDrop label={t('casesFile')} hint={t('casesHint')} file={cases} onFile={setCases} />
          <FileDrop label={t('contactsFile')} hint={t('contactsHint')} file={contacts} onFile={setContacts} />
        </FormGrid>
        <p className="import-upload__example">
          <button
            type="button"
            className="lv-button"
            disabled={example.isPending}
            onClick={() => example.mutate()}
          >
            {t('example')}
          </button>{' '}
          {t('exampleHint')}
        </p>
        <FormGrid>
          <FormField label={t('area')} hint={t('areaHint')}>
            {(wiring) => (
              <input
                {...wiring}
                className="lv-input import-upload__area"
                value={area}
                required
                inputMode="numeric"
                onChange={({ target }) => setArea(target.value)}
              />
            )}
          </FormField>
        </FormGrid>
        {example.error && <ErrorState shape="line" error={example.error} />}
        {upload.error && <ErrorState shape="line" error={upload.error} />}
        <FormActions>
          <button
            type="submit"
            className="lv-button lv-button--primary"
            disabled={!cases || upload.isPending}
          >
            {upload.isPending ? t('uploading') : t('upload')}
          </button>
        </FormActions>
      </form>
    </PageFrame>
  );
}

function FileDrop({
  label,
  hint,
  file,
  onFile,
}: {
  label: string;
  hint: string;
  file: ChosenFile | null;
  onFile: (file: ChosenFile | null) => void;
}) {
  const t = useWords(importWords);
  const id = useId();
  const [over, setOver] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const take = async (given: File | undefined) => {
    setOver(false);
    if (!given) return;
    if (given.size > IMPORT_LIMITS.bytes) {
      setProblem(t('tooLarge', { size: sizeText(given.size) }));
      return;
    }
    setProblem(null);
    onFile(await readChosen(given));
  };
  return (
    <div className="lv-field">
      <span className="lv-field__label" id={`${id}-label`}>
        {label}
      </span>
      <label
        className="import-drop"
        data-over={over}
        data-filled={file !== null}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          void take(event.dataTransfer.files[0]);
        }}
      >
        <input
          type="file"
          className="import-drop__input"
          accept=".csv,.txt,.tsv,.xlsx,text/csv"
          aria-labelledby={`${id}-label`}
          onChange={({ target }) => {
            void take(target.files?.[0]);
            target.value = '';
          }}
        />
        {file ? (
          <strong>{t('chosen', { name: file.name, size: sizeText(file.bytes) })}</strong>
        ) : (
          <span>{t('drop')}</span>
        )}
      </label>
      {file && (
        <button
          type="button"
          className="lv-button lv-button--quiet import-drop__remove"
          onClick={() => onFile(null)}
        >
          {t('remove')}
        </button>
      )}
      <p className="lv-field__hint">{hint}</p>
      {problem && (
        <p className="lv-field__error" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
