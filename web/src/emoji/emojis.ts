import type { Locale } from '@/i18n'

export interface Emoji {
  emoji: string
  words: Record<Locale, string>
}

/** The likeliest first: the emoji, what it is called and found by in English, then in Chinese. */
const LINES = `
👍 thumbs up yes ok|赞 好
❤️ heart love|爱心 喜欢
😂 laugh tears joy|笑哭
🎉 party tada celebrate|庆祝
👀 eyes look|围观 看
🙏 thanks please pray|谢谢 拜托
✅ done check yes|完成 对勾
❌ no cross wrong|不 错
👎 thumbs down no|踩 不好
👏 clap applause bravo|鼓掌
🙌 hooray hands up|欢呼
💪 strong muscle|加油
🤝 handshake deal|握手
👋 wave hello bye|挥手 你好 再见
✌️ victory peace|胜利
🤞 fingers crossed luck|祝好运
👌 ok perfect|没问题
🫡 salute yes sir|收到 敬礼
🔥 fire hot|火 厉害
💯 hundred perfect|满分
⭐ star|星
✨ sparkles new|闪亮
🚀 rocket ship launch|火箭 上线
💡 idea bulb|主意
😀 smile grin|笑
😄 happy laugh|开心
😅 sweat phew|汗
🤣 rofl rolling|笑翻
😊 blush warm|微笑
😉 wink|眨眼
😍 love eyes|爱了
🥰 adore hearts|喜爱
😎 cool sunglasses|酷
🤔 thinking hmm|思考
🤨 doubt eyebrow|怀疑
😐 neutral meh|无语
🙄 eye roll|白眼
😏 smirk|坏笑
😴 sleep tired|睡
😢 sad cry|难过
😭 sob cry|大哭
😡 angry mad|生气
😱 scream shock|惊恐
😮 surprised wow|惊讶
🥳 party face|派对
🤯 mind blown|震惊
🤗 hug|拥抱
🤫 quiet secret|保密
🫠 melting|融化
🥲 smile tear|含泪微笑
😬 grimace awkward|尴尬
🤓 nerd glasses|书呆子
😇 angel innocent|天使
🤖 robot bot|机器人
👻 ghost|鬼
💀 skull dead|骷髅
🐛 bug|虫 缺陷
🐱 cat|猫
🐶 dog|狗
🐼 panda|熊猫
🦊 fox|狐狸
🌱 seedling grow|萌芽
🌸 blossom flower|花
🌈 rainbow|彩虹
☀️ sun|太阳
🌙 moon night|月亮 晚安
⚡ lightning fast|闪电 快
❄️ snow cold|雪
☕ coffee tea|咖啡 茶
🍵 tea green|茶
🍺 beer cheers|啤酒 干杯
🍰 cake|蛋糕
🥟 dumpling|饺子
🍜 noodles ramen|面
🍕 pizza|披萨
🍉 watermelon|吃瓜
🎂 birthday cake|生日
🎁 gift present|礼物
🧧 red envelope|红包
🏆 trophy win|冠军
🥇 gold medal first|金牌
🎯 target bullseye|目标
🎲 dice|骰子
🎵 music note|音乐
📌 pin|置顶
📎 clip file|附件
📅 calendar date|日历
⏰ alarm time|闹钟
⏳ hourglass wait|等待
🔔 bell|铃
🔒 lock|锁
🔧 wrench fix|修理
🛠️ tools build|工具
🧪 test experiment|测试
📈 chart up|上涨
📉 chart down|下跌
💰 money|钱
📦 package ship|包裹 发布
🗑️ trash delete|垃圾
✏️ pencil edit|编辑
📝 memo note|笔记
💬 speech comment|评论
❓ question|问号 疑问
❗ exclamation important|重要
➕ plus add|加
➖ minus|减
⚠️ warning|警告
🚫 forbidden no|禁止
♻️ recycle|回收
💔 broken heart|心碎
💙 blue heart|蓝心
💚 green heart|绿心
💛 yellow heart|黄心
🧡 orange heart|橙心
💜 purple heart|紫心
`

export const EMOJIS: readonly Emoji[] = LINES.trim().split('\n').map((line) => {
  const [head = '', chinese = ''] = line.split('|')
  const space = head.indexOf(' ')
  return { emoji: head.slice(0, space), words: { en: head.slice(space + 1), 'zh-CN': chinese } }
})

/** By a word's beginning, in either language. */
export function findEmojis(query: string): readonly Emoji[] {
  const typed = query.trim().toLowerCase()
  if (!typed) return EMOJIS
  return EMOJIS.filter(({ emoji, words }) => emoji === typed || ` ${words.en} `.includes(` ${typed}`) || words['zh-CN'].includes(typed))
}

export function labelOf({ words }: Emoji, locale: Locale): string {
  return words[locale]
}
