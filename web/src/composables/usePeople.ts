import { ref } from 'vue'
import { operator } from '@/api/operator'
import type { UserSummary } from '@/api/types'
import { text as t } from '@/i18n'
import { useToasts } from '@/stores/toasts'
import { nameOf } from '@/text/names'
import { useListing } from './useListing'
import { useSubmit } from './useSubmit'

/** Everyone with an account, for operators. */
export function usePeople() {
  const toasts = useToasts()
  const listing = useListing(async (query) => {
    const { users, next } = await operator.users(query)
    return { items: users, next }
  })

  function changed(user: UserSummary): void {
    listing.replace((each) => each.name === user.name, user)
    toasts.say(t(user.disabled ? 'admin.userDisabled' : 'admin.userEnabled', { name: nameOf(user) }))
  }

  async function remove(user: UserSummary): Promise<void> {
    await operator.removeUser(user.name).then(() => toasts.say(t('admin.userRemoved', { name: nameOf(user) })), toasts.complain)
    await listing.load()
  }

  return {
    ...listing,
    remove,
    disable: (name: string) => operator.disableUser(name).then(changed, toasts.complain),
    enable: (name: string) => operator.enableUser(name).then(changed, toasts.complain),
  }
}

/** A link under which one person chooses a new password. */
export function useResetLink(name: string) {
  const url = ref('')
  const making = useSubmit(async () => void (url.value = (await operator.resetLink(name)).url))
  return { url, making }
}
