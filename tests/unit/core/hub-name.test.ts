import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { retryAfterSeconds } from '../../../src/bots/hub-fetch.ts';
import { Speedometer } from '../../../src/bots/speedometer.ts';
import { HUB_SOURCES, parseHubUrl, parseRepository } from '../../../src/domain/hub-name.ts';

describe('the name of a model on the Hub', () => {
  it.each([
    ['huggingtweets/empressrandom', 'huggingtweets/empressrandom'],
    ['  gpt2 ', 'gpt2'],
    ['https://huggingface.co/openai-community/gpt2', 'openai-community/gpt2'],
    ['huggingface.co/openai-community/gpt2/tree/main?x=1#top', 'openai-community/gpt2'],
    ['https://hf.co/distilbert/distilgpt2/', 'distilbert/distilgpt2'],
    ['https://huggingface.co/a/b/blob/main/config.json', 'a/b'],
  ])('%s', (text, name) => {
    expect(parseRepository(text)).toBe(name);
  });

  it.each([
    '',
    'a/b/c',
    '../etc',
    'a/..',
    'a b',
    'https://example.com/a/b',
    'a/b\\c',
    '.a',
    'a/b-',
  ])('is not: %s', (text) => {
    expect(parseRepository(text)).toBeNull();
  });
});

describe('the address of a Hub', () => {
  it.each([
    ['https://hf-mirror.com/', 'https://hf-mirror.com'],
    ['https://example.org/hub/', 'https://example.org/hub'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
  ])('%s', (text, url) => {
    expect(parseHubUrl(text)).toBe(url);
  });

  it.each([
    'hf-mirror.com',
    'http://hf-mirror.com',
    'javascript:1',
    'https://a:b@c.d',
    'file:///x',
  ])('is not: %s', (text) => {
    expect(parseHubUrl(text)).toBeNull();
  });
});

it('the page’s own policy allows the same hosts as its workers’', () => {
  const html = readFileSync(new URL('../../../index.html', import.meta.url), 'utf8');
  expect(html).toContain(`connect-src 'self' ${HUB_SOURCES};`);
});

/** As browsers match a host with the sources of a policy: `*.` stands for one label or several. */
function allows(host: string): boolean {
  return HUB_SOURCES.split(' ').some((source) => {
    const { hostname } = new URL(source.replace('*.', 'any.'));
    return source.includes('*.') ? host.endsWith(hostname.slice('any'.length)) : host === hostname;
  });
}

it.each([
  // Where the Hub redirects downloads to, by its own list.
  ...['huggingface.co', 'cdn-lfs.hf.co', 'cdn-lfs-us-1.hf.co', 'cdn-lfs-eu-1.hf.co'],
  ...['aws.cdn.hf.co', 'us.aws.cdn.hf.co', 'eu-west-3.aws.cdn.hf.co', 'us.gcp.cdn.hf.co'],
  ...['europe-west4.us.gcp.cdn.hf.co', 'cas-bridge.xethub.hf.co'],
])('the policy allows %s', (host) => {
  expect(allows(host)).toBe(true);
});

it.each([
  // Uploads, a forum, models that run for others, apps of anybody's, and what looks alike.
  ...['transfer.xethub.hf.co', 'cas-server.xethub.hf.co', 'discuss.huggingface.co'],
  ...['router.huggingface.co', 'api-inference.huggingface.co', 'somebody.hf.space'],
  ...['hf.co', 'somebody.hf.co', 'cdn.hf.co.somebody.example', 'evilcdn.hf.co'],
])('the policy doesn’t allow %s', (host) => {
  expect(allows(host)).toBe(false);
});

it('parses Retry-After as seconds or as a date', () => {
  const now = Date.parse('Wed, 21 Oct 2015 07:28:00 GMT');
  expect(retryAfterSeconds('120', now)).toBe(120);
  expect(retryAfterSeconds('Wed, 21 Oct 2015 07:28:30 GMT', now)).toBe(30);
  expect(retryAfterSeconds('Wed, 21 Oct 2015 07:00:00 GMT', now)).toBe(0);
  expect(retryAfterSeconds('soon', now)).toBeNull();
  expect(retryAfterSeconds(null, now)).toBeNull();
});

it('measures speed over the last seconds only', () => {
  const speedometer = new Speedometer();
  expect(speedometer.measure(0, 0)).toBe(0);
  for (let second = 1; second <= 10; second++) speedometer.measure(1000 * second, 1000 * second);
  expect(speedometer.measure(10_500, 10_500)).toBeCloseTo(1000);
  let speed = 0;
  for (let second = 11; second <= 20; second++) speed = speedometer.measure(10_500, 1000 * second);
  expect(speed).toBe(0);
  // A file that starts again must not give a negative speed.
  expect(speedometer.measure(0, 21_000)).toBe(0);
});
