/** The dialogs of the footer: what left this page, and what is known of the device. */
import { byCount, formatBytes, formatCount } from '../../format.ts';

export const device = {
  /* What left this page */
  asking: 'Asking the browser…',
  nothing: 'Nothing',
  requestsTo: (requests: number, addresses: number) => {
    const to = byCount(addresses, {
      one: `${formatCount(addresses)} other address`,
      other: `${formatCount(addresses)} other addresses`,
    });
    return byCount(requests, {
      one: `${formatCount(requests)} request to ${to}`,
      other: `${formatCount(requests)} requests to ${to}`,
    });
  },
  /** @param since `5:52:07 PM` */
  onlyOwn: (since: string, host: string) =>
    `Since ${since}, when you opened this page, it has sent requests to no address but its own (${host}), and only to fetch its own files.`,
  /** @param hosts `a.org and b.org` */
  alsoOthers: (since: string, hosts: string) =>
    `Since ${since}, when you opened this page, it has also sent requests to ${hosts}. Such a request names the file that is wanted, and contains nothing of yours. For large files the Hub redirects the browser to its file servers, which the browser doesn’t record.`,
  silent: {
    page: 'The page doesn’t answer, so its requests are missing from this list.',
    engine: 'The engine doesn’t answer, so its requests are missing from this list.',
    'service worker':
      'The service worker doesn’t answer, so its requests are missing from this list.',
  },
  toOthers: 'Requests to other addresses',
  toOwn: 'Requests to this page’s own address',
  countToOwn: (count: number) =>
    byCount(count, {
      one: `${formatCount(count)} request to this page’s own address`,
      other: `${formatCount(count)} requests to this page’s own address`,
    }),
  recordsAre:
    'The browser itself recorded these requests of the page, of its engine, and of its service worker since that was last started. (It doesn’t record those for the icons and for the service worker’s script, which it makes by itself.) The page’s security policy makes the browser refuse all other addresses except those of the Hugging Face Hub.',
  isOffline: 'This computer is offline right now, and the page still works.',
  disconnect:
    'Don’t take the page’s word for it: disconnect from the network, then train and write. Everything still works.',
  whenReady:
    'When the footer says “Ready offline”, you can disconnect from the network, and everything still works.',
  purposes: {
    page: 'the page itself',
    script: 'a script',
    wasm: 'a WebAssembly file',
    style: 'a style sheet',
    picture: 'an icon',
    starter: 'the starter model',
    ready: 'the ready-made bot',
    sample: 'the sample tweets',
    hub: 'a model that you chose to download',
    unknown: 'purpose unknown',
  },
  /** What is known of a request, one after the other. */
  requestedBy: {
    page: 'requested by the page',
    engine: 'requested by the engine',
    'service worker': 'requested by the service worker',
  },
  sizeUnknown: 'size unknown',
  fromCache: 'from the cache',
  received: (bytes: number) => `${formatBytes(bytes)} received`,

  /* About this device */
  copied: 'Copied. The report contains nothing about you or your tweets.',
  cantCopy: 'Your browser doesn’t allow copying. Select the text instead.',
  groups: {
    compute: 'What computes',
    gpu: 'Graphics card',
    memory: 'Memory and storage',
    browser: 'Browser',
  },
  noAnswer: 'not known, because the engine doesn’t answer',
  notKnown: 'not known',
  yes: 'yes',
  no: 'no',
  none: 'none',
  facts: {
    now: 'Now',
    adapter: 'Adapter',
    available: 'Also available',
    processor: 'Processor',
    speed: 'Measured speed',
    features: 'Features',
    kernels: 'Kernels',
    selfTest: 'Self-test',
    computer: 'Computer',
    usedOnCard: 'Used on the graphics card',
    needed: 'Needed for the planned training',
    storage: 'Storage',
    persistent: 'Persistent storage',
    browser: 'Browser',
    isolated: 'Isolated (threads)',
    fileSystem: 'Private file system',
    locks: 'Locks between tabs',
    offline: 'Ready offline',
  },
  notStarted: 'nothing, because the engine hasn’t started',
  threads: (count: number) =>
    byCount(count, {
      one: `${formatCount(count)} thread`,
      other: `${formatCount(count)} threads`,
    }),
  threadsComputing: (count: number, computing: number) =>
    byCount(count, {
      one: `${formatCount(count)} thread, of which ${formatCount(computing)} compute`,
      other: `${formatCount(count)} threads, of which ${formatCount(computing)} compute`,
    }),
  notMeasured: 'not measured yet',
  /**
   * @param speed `1,240 tokens/s`
   * @param parameters `6.3 million`
   */
  speedOf: (speed: string, parameters: string, mode: string, blockLength: number) =>
    `${speed} in training a model of ${parameters} parameters (${mode}, blocks of ${formatCount(blockLength)} tokens)`,
  noAdapter: 'the browser offers no adapter',
  simulated: (adapter: string) => `${adapter} (simulated in software)`,
  hardware: (adapter: string) => `${adapter} (hardware)`,
  noSelfTest: 'none, because no graphics card computes',
  passed: (milliseconds: number, dispatches: number, gflop: string) =>
    byCount(dispatches, {
      one: `passed in ${formatCount(milliseconds)} ms with ${formatCount(dispatches)} dispatch of ${gflop} GFLOP`,
      other: `passed in ${formatCount(milliseconds)} ms with ${formatCount(dispatches)} dispatches of ${gflop} GFLOP`,
    }),
  browserSilent: 'the browser doesn’t say',
  atLeast: (gibibytes: number) => `${formatCount(gibibytes)} GiB or more`,
  usesNothing: 'nothing',
  about: (bytes: number) => `about ${formatBytes(bytes)}`,
  usedOf: (used: number, quota: number) => `${formatBytes(used)} used of ${formatBytes(quota)}`,
  notPersistent: 'no: the browser may delete everything when the disk is full',
};
