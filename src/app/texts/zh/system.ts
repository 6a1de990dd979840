import { formatBytes } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const system: Catalogue['system'] = {
  nothingArrived: '没有收到 Mynah 能读取的内容。请再分享一次，或在这里选择文件。',

  /* The end of a training that isn't looked at: the bot's name */
  isTrained: (name) => `${name} 训练完成`,
  hasStopped: (name) => `${name} 的训练已停止`,
  canWriteNow: '现在它可以写推文了。',
  lookWhy: '请打开页面查看原因。',
  tellingDenied: '你的浏览器不允许此页面发送通知。可以在浏览器的网站设置中更改。',

  /* A connection that may cost money */
  metered: (name, bytes) =>
    bytes === null
      ? `此连接可能按流量计费，而 ${name} 的大小尚不清楚。许多模型超过 500 MB。`
      : `此连接可能按流量计费，而 ${name} 的下载大小为 ${formatBytes(bytes)}。`,
  downloadAnyway: '仍然下载',
  notNow: '暂不',

  /* Why a training rests, and what to do where the page was lost */
  rests: {
    battery: '电量不足，因此在各步之间暂停。',
    heat: '速度变慢，因此在各步之间暂停：此设备可能过热。',
  },
  lostOften: '在训练这个机器人时，系统已至少三次关闭此页面：此设备的内存可能不足。',
  trySmaller: '试试更小的设置',
};
