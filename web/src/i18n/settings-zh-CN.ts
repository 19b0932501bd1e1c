import type { HelpMessages, SettingsMessages } from './en'

export const settingsZhCN: SettingsMessages = {
  oldPassword: '当前密码',
  profile: '个人资料',
  appearance: '外观',
  security: '安全',
  notifications: '通知',
  notifyDevice: '在此设备上显示通知',
  notifyBlocked: '浏览器不允许此页面显示通知，可在浏览器设置中允许。',
  notifyHint: '提醒内容由每个房间的设置决定。',
  changePassword: '修改密码',
  passwordChanged: '密码已更改，其他会话已结束。',
  saved: '已保存',
  data: '我的数据',
  export: '下载与我有关的所有数据',
  deleteAccount: '删除我的账号',
  deleteHint: '账号将永久删除。你的消息会保留，但不再显示你的名字。',
  deleteConfirm: '输入密码以删除账号。',
}

export const helpZhCN: HelpMessages = {
  switcher: '前往房间或联系人',
  search: '搜索消息',
  help: '此帮助',
  newline: '换行',
  send: '发送',
  editLast: '输入框为空时，编辑上一条消息',
  commands: '输入框为空时，打开命令',
  mention: '提及某人',
  timeline: '焦点在消息上时，逐条移动',
  firstLast: '页面上第一条与最后一条消息',
  reply: '回复焦点所在的消息',
  edit: '编辑它（如果是你的）',
  react: '添加回应',
  composer: '回到输入框',
}
