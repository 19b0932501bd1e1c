// @vitest-environment happy-dom
import { mount, type VueWrapper } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import type { Command } from '@/api/types'
import MessageComposer from '@/components/composer/MessageComposer.vue'
import { useCatalogue } from '@/stores/catalogue'
import { useDrafts } from '@/stores/drafts'
import { useMembers } from '@/stores/members'
import { useOutbox } from '@/stores/outbox'
import { useSession } from '@/stores/session'
import { useTimelines } from '@/stores/timelines'
import { useUi } from '@/stores/ui'
import { ann, bo, message, page, room } from './build'

const tea = room('tea')
const dice: Command = {
  prefix: '/dice', aliases: ['/骰子'], summary: 'Roll', usage: '/dice', plugin: 'dice', audience: 'anyone', visibility: 'room', options: [],
}

let composer: VueWrapper
const field = () => composer.get('textarea')
const sent = () => useOutbox().entries.map((entry) => entry.text)
const options = () => composer.findAll('[role=option]').map((option) => option.text())
const press = (key: string, more: object = {}) => field().trigger('keydown', { key, ...more })

async function type(text: string): Promise<void> {
  await field().trigger('focus')
  await field().setValue(text)
  await nextTick()
}

beforeEach(() => {
  localStorage.clear()
  setActivePinia(createPinia())
  useSession().me = { ...ann, created_at: 0, locale: 'en' }
  useCatalogue().commands = [dice]
  useMembers().byRoom.set('tea', [ann, bo].map((user) => ({ user, role: 'member', joined_at: 0, present: true, hears: false })))
  composer = mount(MessageComposer, { props: { room: tea }, attachTo: document.body })
})

describe('Enter', () => {
  it('sends, and empties the field', async () => {
    await type('hello')
    await press('Enter')
    expect(sent()).toEqual(['hello'])
    expect(field().element.value).toBe('')
    expect(useDrafts().of('tea').text).toBe('')
  })

  it('with Shift is a new line', async () => {
    await type('hello')
    await press('Enter', { shiftKey: true })
    expect(sent()).toEqual([])
  })

  it.each([
    ['isComposing', { isComposing: true }],
    ['keyCode 229', { keyCode: 229 }],
  ])('that confirms a candidate (%s) sends nothing', async (_, state) => {
    await type('天气')
    await press('Enter', state)
    expect(sent()).toEqual([])
    await press('Enter')
    expect(sent()).toEqual(['天气'])
  })

  it('that confirms a candidate chooses nothing in the popup either', async () => {
    await type('/di')
    await press('Enter', { isComposing: true })
    expect(field().element.value).toBe('/di')
  })

  it('sends no blanks', async () => {
    await type('  \n ')
    await press('Enter')
    expect(sent()).toEqual([])
  })
})

describe('the popup', () => {
  it('opens while a command is typed, and Enter completes it', async () => {
    await type('/di')
    expect(options()[0]).toContain('/dice')
    expect(field().attributes('aria-activedescendant')).toBe('suggestion-0')
    await press('Enter')
    await nextTick()
    expect(field().element.value).toBe('/dice ')
    expect(sent()).toEqual([])
  })

  it.each(['／', '、'])('opens for %s, which Chinese keyboards type', async (slash) => {
    await type(`${slash}骰`)
    expect(options()[0]).toContain('/骰子')
  })

  it('lets Enter run a command that is written out', async () => {
    await type('/dice')
    await press('Enter')
    expect(sent()).toEqual(['/dice'])
  })

  it('closes on Escape, and the text goes as it is', async () => {
    await type('/di')
    await press('Escape')
    expect(options()).toEqual([])
    await press('Enter')
    expect(sent()).toEqual(['/di'])
  })

  it('offers members for @', async () => {
    await type('hi @b')
    expect(options()).toHaveLength(1)
    await press('Tab')
    await nextTick()
    expect(field().element.value).toBe('hi @bo ')
  })

  it('lets Enter send a mention that is written out', async () => {
    await type('hi @bo')
    await press('Enter')
    expect(sent()).toEqual(['hi @bo'])
  })
})

describe('a draft', () => {
  it('survives the page', async () => {
    await type('half a thought')
    composer.unmount()
    setActivePinia(createPinia())
    useSession().me = { ...ann, created_at: 0, locale: 'en' }
    expect(useDrafts().of('tea').text).toBe('half a thought')
  })

  it('that was a wrong command comes back with the reason, and can go as text', async () => {
    await type('/dice x')
    await press('Enter')
    const id = useOutbox().entries[0]?.client_msg_id
    useOutbox().refused({ event: 'problem', client_msg_id: id, status: 422, code: 'bad_argument', argument: 'sides', position: 6, usage: '/dice [sides]' })
    await vi.waitFor(() => expect(composer.get('[role=alert] mark').text()).toBe('x')) // fetched when it is wanted
    expect(field().element.value).toBe('/dice x')
    await composer.get('[role=alert] .as-text').trigger('click')
    expect(useOutbox().entries).toMatchObject([{ text: '/dice x', as_text: true }])
  })

  it('is not overwritten by a refused command: that one stays in the timeline', async () => {
    await type('/dice x')
    await press('Enter')
    await type('something new')
    useOutbox().refused({ event: 'problem', client_msg_id: useOutbox().entries[0]?.client_msg_id, status: 422, code: 'bad_argument' })
    await nextTick()
    expect(field().element.value).toBe('something new')
    expect(useOutbox().entries).toMatchObject([{ text: '/dice x', state: 'failed' }])
  })
})

describe('the up arrow', () => {
  it('edits my last message when the field is empty', async () => {
    const segment = page([1])
    useTimelines().of('tea').segment = {
      messages: [message(1, { author: ann }), message(2, { author: ann }), ...segment.messages], hasBefore: false, hasAfter: false,
    }
    await type('x')
    await press('ArrowUp')
    expect(useUi().editing).toBeNull()
    await type('')
    await press('ArrowUp')
    expect(useUi().editing).toBe('m2')
  })
})
