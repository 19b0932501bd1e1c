import { ref, watch } from 'vue'
import type { Message } from '@/api/types'
import { text as t } from '@/i18n'
import { plainText } from '@/markdown/plain'
import { useSession } from '@/stores/session'
import type { RoomTimeline } from '@/stores/timelines'
import { nameOf } from '@/text/names'

/** Words for a screen reader: new messages of others; of a stream only its beginning and its end. */
export function useAnnouncer(timeline: RoomTimeline) {
  const words = ref('')
  const session = useSession()
  let last: Message | undefined

  watch(() => timeline.segment, (segment, before) => {
    const newest = segment.messages.at(-1)
    const arrived = newest && before.messages.length > 0 && !segment.hasAfter && newest.seq > (last?.seq ?? 0)
    const ended = newest && newest.id === last?.id && last.state === 'streaming' && newest.state === 'posted'
    if (newest && newest.author.name !== session.me?.name) {
      if (ended) words.value = t('timeline.announce', { name: nameOf(newest.author), text: plainText(newest.text) })
      else if (arrived) words.value = spoken(newest)
    }
    last = newest
  })

  return { words }
}

function spoken(message: Message): string {
  const name = nameOf(message.author)
  return message.state === 'streaming' ? t('timeline.writing', { name }) : t('timeline.announce', { name, text: plainText(message.text) })
}
