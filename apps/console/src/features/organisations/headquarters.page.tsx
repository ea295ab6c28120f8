import { type Headquarters, type HeadquartersPost, roles } from '@levee/contract';
import {
  AsOf,
  EmptyState,
  ErrorState,
  Loading,
  Page as PageFrame,
  Section,
  StatusMark,
  Time,
  useText,
  useUrlText,
  useWords,
  WithPeek,
} from '@levee/ui';
import { useQuery } from '@tanstack/react-query';
import { client } from '../../app/client.ts';
import { PostPeek } from './post-peek.tsx';
import { WhoAnswers } from './who-answers.tsx';
import { organisationWords } from './words.ts';
import './organisations.css';

const isEmpty = ({ holder }: HeadquartersPost) => holder === null;

/** Both levels with their posts; an empty post is shown as empty. */
export function Page() {
  const t = useWords(organisationWords);
  const [postId, setPost] = useUrlText('post');
  const found = useQuery({
    queryKey: ['organisations', 'headquarters'],
    queryFn: () => client.organisations.headquarters(),
  });
  if (found.error) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Loading />;
  const { items, asOf } = found.data;
  const empty = items.flatMap(({ posts }) => posts).filter(isEmpty).length;
  const at = items.flatMap((each) =>
    each.posts.filter(({ id }) => id === postId).map((post) => ({ headquarters: each, post })),
  )[0];
  const levels = [
    { title: t('level1'), of: items.filter(({ division }) => division.length <= 4) },
    { title: t('level2'), of: items.filter(({ division }) => division.length > 4) },
  ].filter(({ of }) => of.length > 0);
  return (
    <PageFrame
      title={t('title')}
      filled
      marks={
        items.length > 0 && (
          <StatusMark tone={empty > 0 ? 'bad' : 'good'}>
            {empty > 0 ? t('emptyPosts', { count: empty }) : t('allFilled')}
          </StatusMark>
        )
      }
      note={<AsOf at={asOf} />}
    >
      <WithPeek peek={at && <PostPeek key={at.post.id} {...at} onClose={() => setPost(null)} />}>
        <div className="organisations">
          {items.length === 0 && <EmptyState why="none" title={t('none')} />}
          <WhoAnswers />
          {levels.map(({ title, of }) => (
            <div key={title}>
              <h2 className="organisations__level">{title}</h2>
              {of.map((each) => (
                <PostTable key={each.id} headquarters={each} chosen={postId} onChoose={setPost} />
              ))}
            </div>
          ))}
        </div>
      </WithPeek>
    </PageFrame>
  );
}

function PostTable({
  headquarters,
  chosen,
  onChoose,
}: {
  headquarters: Headquarters;
  chosen: string;
  onChoose: (id: string) => void;
}) {
  const t = useWords(organisationWords);
  const text = useText();
  const empty = headquarters.posts.filter(isEmpty).length;
  return (
    <Section
      title={text(headquarters.name)}
      note={empty > 0 && <StatusMark tone="bad">{t('emptyPosts', { count: empty })}</StatusMark>}
    >
      <table className="organisations__posts">
        <thead>
          <tr>
            <th scope="col">{t('post')}</th>
            <th scope="col">{t('duty')}</th>
            <th scope="col">{t('holder')}</th>
            <th scope="col">{t('deputy')}</th>
            <th scope="col">{t('handedOver')}</th>
          </tr>
        </thead>
        <tbody>
          {headquarters.posts.map((post) => (
            <tr key={post.id} data-chosen={post.id === chosen}>
              <th scope="row">
                <button type="button" className="organisations__link" onClick={() => onChoose(post.id)}>
                  {text(post.title)}
                </button>
              </th>
              <td>{text(roles[post.role].title)}</td>
              <td>{post.holder?.name ?? <StatusMark tone="bad">{t('empty')}</StatusMark>}</td>
              <td>{post.deputy?.name ?? '–'}</td>
              <td>{post.lastHandover ? <Time at={post.lastHandover.at} /> : '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
