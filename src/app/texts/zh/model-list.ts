/** The list of base models, and how others are added to it. */
import { formatBytes } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const modelList: Catalogue['modelList'] = {
  starter: '小巧快速。能学到你的用词和话题。',
  downloadPromise: '下载时只向 Hub 请求模型的文件，不做其他任何事。你的推文留在这里。',
  deleteOf: (name) => `删除 ${name}`,
  confirmDownloaded: (name) => `要删除 ${name} 吗？再次使用时需要重新下载。`,
  confirmAdded: (name) => `要删除 ${name} 吗？再次使用时需要重新添加。`,
  deleteModel: '删除模型',
  pausedAt: (done) => `已暂停：已下载 ${formatBytes(done)}`,
  pausedAtOf: (done, total) => `已暂停：已下载 ${formatBytes(done)} / ${formatBytes(total)}`,
  cancel: '取消',
  resume: '继续',
  download: '下载',
  downloadBytes: (bytes) => `下载 ${formatBytes(bytes)}`,
  opening: (name) => `正在打开 ${name}…`,
  checked: (done, total) => `已检查 ${formatBytes(done)} / ${formatBytes(total)}`,
  saved: (done, total) => `已保存 ${formatBytes(done)} / ${formatBytes(total)}`,
  adding: (name) => `正在添加 ${name}`,

  wrongName: '请写成“所有者/名称”的形式，或粘贴模型页面的地址。',
  mirror: '如果你使用 Hub 的镜像',
  mirrorHint:
    '只有 huggingface.co 可以直接使用：镜像需要由此页面的运营者允许。留空则使用 Hub 本身。',
  wrongAddress: '请输入以 https:// 开头的地址。',

  fromComputer: '这台电脑上的模型',
  dropIt: '也可以使用这台电脑上的模型：把它的文件夹、文件或 ZIP 按 Hub 上的原样拖到这里。',
  chooseFiles: '选择文件或 ZIP',
  chooseFolder: '选择文件夹',
};
