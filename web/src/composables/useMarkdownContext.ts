import { computed, inject, provide, type ComputedRef, type InjectionKey } from 'vue'
import { text as t } from '@/i18n'
import type { MarkdownContext } from '@/markdown/render'
import { useMembers } from '@/stores/members'
import { useSession } from '@/stores/session'

const KEY: InjectionKey<ComputedRef<MarkdownContext>> = Symbol('markdown')
const NOBODY = computed((): MarkdownContext => ({ names: new Set(), me: '', copyLabel: t('app.copy') }))

/** Tells every message below which names are mentions in this room. */
export function provideMarkdownContext(room: string): void {
  const members = useMembers()
  const session = useSession()
  provide(KEY, computed(() => ({
    names: new Set(members.of(room).map((member) => member.user.name.toLowerCase())),
    me: session.me?.name ?? '',
    copyLabel: t('app.copy'),
  })))
}

export function useMarkdownContext(): ComputedRef<MarkdownContext> {
  return inject(KEY, NOBODY)
}
