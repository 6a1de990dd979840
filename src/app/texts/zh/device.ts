/** The dialogs of the footer: what left this page, and what is known of the device. */
import { formatBytes, formatCount } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const device: Catalogue['device'] = {
  /* What left this page */
  asking: '正在询问浏览器…',
  nothing: '没有',
  requestsTo: (requests, addresses) =>
    `向 ${formatCount(addresses)} 个其他地址发出了 ${formatCount(requests)} 个请求`,
  onlyOwn: (since, host) =>
    `从你在 ${since} 打开此页面起，它只向自己的地址（${host}）发送过请求，而且只为获取它自己的文件。`,
  alsoOthers: (since, hosts) =>
    `从你在 ${since} 打开此页面起，它还向 ${hosts} 发送过请求。这类请求只写明需要哪个文件，不含你的任何内容。对于大文件，Hub 会把浏览器转到它的文件服务器，而浏览器不会记录这一步。`,
  silent: {
    page: '页面没有响应，因此此列表中缺少它的请求。',
    engine: '引擎没有响应，因此此列表中缺少它的请求。',
    'service worker': 'Service Worker 没有响应，因此此列表中缺少它的请求。',
  },
  toOthers: '发往其他地址的请求',
  toOwn: '发往此页面自身地址的请求',
  countToOwn: (count) => `${formatCount(count)} 个发往此页面自身地址的请求`,
  recordsAre:
    '这些请求由浏览器自己记录，包括页面、引擎以及 Service Worker 上次启动以来的请求。（图标和 Service Worker 的脚本由浏览器自行获取，不会记录。）页面的安全策略让浏览器拒绝除 Hugging Face Hub 以外的所有其他地址。',
  isOffline: '这台电脑现在处于离线状态，页面仍然可用。',
  disconnect: '不必只听页面的一面之词：断开网络，然后训练和写推文。一切仍然可用。',
  whenReady: '当页脚显示“可离线使用”时，你可以断开网络，一切仍然可用。',
  purposes: {
    page: '页面本身',
    script: '脚本',
    wasm: 'WebAssembly 文件',
    style: '样式表',
    picture: '图标',
    starter: '入门模型',
    ready: '自带的机器人',
    sample: '示例推文',
    hub: '你选择下载的模型',
    unknown: '用途未知',
  },
  requestedBy: {
    page: '由页面请求',
    engine: '由引擎请求',
    'service worker': '由 Service Worker 请求',
  },
  sizeUnknown: '大小未知',
  fromCache: '来自缓存',
  received: (bytes) => `已接收 ${formatBytes(bytes)}`,

  /* About this device */
  copied: '已复制。报告不含任何关于你或你的推文的信息。',
  cantCopy: '你的浏览器不允许复制。请改为选中文字。',
  groups: {
    compute: '计算设备',
    gpu: '显卡',
    memory: '内存与存储',
    browser: '浏览器',
  },
  noAnswer: '未知（引擎没有响应）',
  notKnown: '未知',
  yes: '是',
  no: '否',
  none: '无',
  facts: {
    now: '当前',
    adapter: '图形适配器',
    available: '其他可用方式',
    processor: '处理器',
    speed: '实测速度',
    features: '功能',
    kernels: '计算内核',
    selfTest: '自检',
    computer: '电脑',
    usedOnCard: '显卡内存用量',
    needed: '计划的训练所需',
    storage: '存储空间',
    persistent: '持久存储',
    browser: '浏览器',
    isolated: '隔离（线程）',
    fileSystem: '私有文件系统',
    locks: '标签页之间的锁',
    offline: '可离线使用',
  },
  notStarted: '无（引擎尚未启动）',
  threads: (count) => `${formatCount(count)} 个线程`,
  threadsComputing: (count, computing) =>
    `${formatCount(count)} 个线程，其中 ${formatCount(computing)} 个用于计算`,
  notMeasured: '尚未测量',
  speedOf: (speed, parameters, mode, blockLength) =>
    `${speed}，训练 ${parameters} 参数的模型（${mode}，每块 ${formatCount(blockLength)} 个 token）`,
  noAdapter: '浏览器未提供图形适配器',
  simulated: (adapter) => `${adapter}（软件模拟）`,
  hardware: (adapter) => `${adapter}（硬件）`,
  noSelfTest: '无（没有使用显卡计算）',
  passed: (milliseconds, dispatches, gflop) =>
    `通过：${formatCount(milliseconds)} 毫秒内完成 ${formatCount(dispatches)} 次 ${gflop} GFLOP 的计算调度`,
  browserSilent: '浏览器未提供',
  atLeast: (gibibytes) => `${formatCount(gibibytes)} GiB 或更多`,
  usesNothing: '无',
  about: (bytes) => `约 ${formatBytes(bytes)}`,
  usedOf: (used, quota) => `已用 ${formatBytes(used)}，上限 ${formatBytes(quota)}`,
  notPersistent: '否：磁盘空间不足时，浏览器可能会删除所有内容',
};
