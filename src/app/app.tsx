/** The whole page: a header, the three steps in a column, the list of bots beside them, and a footer. */
import type { ComponentChildren } from 'preact';
import { loadArrivals } from './arrivals/load-arrivals.ts';
import { DataStep } from './data/data-step.tsx';
import { ArchiveInput, WholePageDrop } from './data/drop-zone.tsx';
import {
  ClearedNote,
  ElsewherePage,
  EngineBanner,
  InsecurePage,
  KeepingNote,
  OutdatedNote,
  WakingPage,
} from './engine-notices.tsx';
import { WriteStep } from './writing/write-step.tsx';
import { Library } from './library/library.tsx';
import { OpenBot } from './library/open-bot.tsx';
import { PageFooter } from './page-footer.tsx';
import { PageHeader } from './page-header.tsx';
import { ReadyBot } from './ready/ready-bot.tsx';
import { announcement } from './state/announce.ts';
import { hasNothingArrived } from './state/arrivals.ts';
import { enginePhase } from './state/engine.ts';
import { isFirstVisit } from './state/first-visit.ts';
import { view } from './state/view.ts';
import { page } from './texts/en/page.ts';
import { messages } from './texts/messages.ts';
import { TrainStep } from './training/train-step.tsx';
import { LazyPart } from './ui/lazy-part.tsx';

const texts = messages('page', page);

export function App() {
  const phase = enginePhase.value;
  if (!isSecureContext) return <NoticePage notice={<InsecurePage />} />;
  if (phase.kind === 'elsewhere') return <NoticePage notice={<ElsewherePage />} />;
  if (phase.kind === 'starting' && phase.isWaiting) return <NoticePage notice={<WakingPage />} />;
  const isFirst = isFirstVisit.value;
  const isAmongRuns = view.value.kind === 'runs';
  return (
    <>
      <PageHeader isFirstVisit={isFirst} />
      {isAmongRuns ? <LazyPart load={loadRuns}>{({ RunsPage }) => <RunsPage />}</LazyPart> : null}
      {/* Only hidden, so that nothing that was typed is lost. */}
      <main class={isFirst ? 'page page-first' : 'page'} hidden={isAmongRuns}>
        <div class="steps">
          <OutdatedNote />
          <EngineBanner />
          <KeepingNote />
          <ClearedNote />
          {hasNothingArrived.value ? (
            <LazyPart load={loadArrivals}>{({ NothingArrived }) => <NothingArrived />}</LazyPart>
          ) : null}
          <ArchiveInput />
          {isFirst ? <Hero /> : null}
          <div class="first-columns">
            {isFirst ? <ReadyBot /> : null}
            <div>
              <DataStep />
              <TrainStep />
              <WriteStep />
              {isFirst ? (
                <div class="have-bot">
                  {texts.trainedElsewhere} <OpenBot />
                </div>
              ) : null}
            </div>
          </div>
        </div>
        {isFirst ? null : <Library />}
      </main>
      <PageFooter />
      <WholePageDrop />
      <p class="visually-hidden" role="status">
        {/* A new element for each announcement, because a live region only speaks what is added to it. */}
        <span key={announcement.value.number}>{announcement.value.text}</span>
      </p>
    </>
  );
}

const loadRuns = () => import('./runs/runs-page.tsx');

/** Replaces the page with a notice when it can't be used here. */
function NoticePage({ notice }: { notice: ComponentChildren }) {
  return (
    <>
      <PageHeader isFirstVisit={false} />
      {notice}
      <PageFooter />
    </>
  );
}

function Hero() {
  return (
    <div class="hero">
      <h1>{texts.heroTitle}</h1>
      <p>{texts.hero}</p>
    </div>
  );
}
