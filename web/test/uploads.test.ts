// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { ApiProblem } from '@/api/http'
import * as uploading from '@/api/upload'
import type { Attachment } from '@/api/types'
import { useToasts } from '@/stores/toasts'
import { MOST_FILES, useUploads } from '@/stores/uploads'
import { fileSize } from '@/text/bytes'

const file = (name: string, size: number) => new File([new Uint8Array(size)], name, { type: 'application/pdf' })
const stored = (name: string): Attachment => ({ id: name, name, type: 'application/pdf', size: 1, thumbnail: false })
const said = () => useToasts().shown.map(({ text }) => text)
const states = () => useUploads().of('tea').map(({ name, state }) => [name, state])

beforeEach(() => {
  setActivePinia(createPinia())
  vi.restoreAllMocks()
  useUploads().limit = 1024 * 1024
})

describe('files in the composer', () => {
  it('are sent as they are chosen, and taken by the message in their order', async () => {
    vi.spyOn(uploading, 'upload').mockImplementation(async (_, { name }) => stored(name))
    useUploads().add('tea', [file('a.pdf', 10), file('b.pdf', 10)])
    await vi.waitFor(() => expect(states()).toEqual([['a.pdf', 'ready'], ['b.pdf', 'ready']]))
    expect(useUploads().take('tea').map(({ id }) => id)).toEqual(['a.pdf', 'b.pdf'])
    expect(states()).toEqual([])
  })

  it('are refused with a reason before anything is sent', () => {
    const upload = vi.spyOn(uploading, 'upload').mockImplementation(() => new Promise(() => undefined))
    useUploads().add('tea', [file('big.pdf', 2 * 1024 * 1024), file('none.pdf', 0)])
    expect(said()).toEqual(['big.pdf is too large: at most 1 MB.', 'none.pdf is empty.'])
    useUploads().add('tea', Array.from({ length: MOST_FILES + 1 }, (_, index) => file(`${index}.pdf`, 1)))
    expect(said().at(-1)).toBe('At most 10 files in one message.')
    useUploads().limit = 0
    useUploads().add('tea', [file('a.pdf', 1)])
    expect(said().at(-1)).toBe('This server takes no files.')
    expect(upload.mock.calls.length).toBeLessThanOrEqual(MOST_FILES)
  })

  it('say why the server refused them, and stay until they are removed', async () => {
    vi.spyOn(uploading, 'upload').mockRejectedValue(new ApiProblem({ status: 413, code: 'too_large', argument: 'quota' }))
    useUploads().add('tea', [file('a.pdf', 10)])
    await vi.waitFor(() => expect(states()).toEqual([['a.pdf', 'failed']]))
    expect(useUploads().take('tea')).toEqual([])
  })

  it('stop when they are removed on their way', async () => {
    let stopped = false
    vi.spyOn(uploading, 'upload').mockImplementation((_room, _file, signal) => new Promise((_, reject) => {
      signal.addEventListener('abort', () => {
        stopped = true
        reject(new DOMException('cancelled', 'AbortError'))
      })
    }))
    useUploads().add('tea', [file('a.pdf', 10)])
    await vi.waitFor(() => expect(uploading.upload).toHaveBeenCalled())
    useUploads().remove('tea', useUploads().of('tea')[0]?.key ?? '')
    expect([stopped, states()]).toEqual([true, []])
  })
})

it.each([[0, '0 B'], [900, '900 B'], [2048, '2 KB'], [1.5 * 1024 ** 2, '1.5 MB'], [20 * 1024 ** 2, '20 MB'], [3 * 1024 ** 3, '3 GB']])('%d bytes are %s', (bytes, words) => {
  expect(fileSize(bytes, 'en')).toBe(words)
})
