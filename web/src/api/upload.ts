import { ApiProblem } from './http'
import type { Attachment, Problem } from './types'

/** XMLHttpRequest, because fetch tells nothing of how far an upload has come. Rejects with ApiProblem, or AbortError. */
function put(method: 'POST' | 'PUT', path: string, body: Blob, signal: AbortSignal, progress: (share: number) => void): Promise<Attachment> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open(method, `/api/v1${path}`)
    request.setRequestHeader('Content-Type', 'application/octet-stream')
    request.upload.onprogress = (event) => progress(event.loaded / Math.max(1, body.size))
    request.onload = () => (request.status < 300 ? resolve(JSON.parse(request.responseText) as Attachment) : reject(new ApiProblem(problemOf(request))))
    request.onerror = () => reject(new ApiProblem({ status: 0, code: 'offline' }))
    request.onabort = () => reject(new DOMException('cancelled', 'AbortError'))
    signal.addEventListener('abort', () => request.abort())
    request.send(body)
  })
}

function problemOf(request: XMLHttpRequest): Problem {
  try {
    return JSON.parse(request.responseText) as Problem
  } catch {
    return { status: request.status, code: 'internal' }
  }
}

export interface NewUpload {
  name: string
  body: Blob
  width: number
  height: number
  thumbnail: Blob | null
}

/** The file, and after it its small picture. */
export async function upload(room: string, file: NewUpload, signal: AbortSignal, progress: (share: number) => void): Promise<Attachment> {
  const query = new URLSearchParams({ name: file.name, ...(file.width ? { width: String(file.width), height: String(file.height) } : {}) })
  const stored = await put('POST', `/rooms/${room}/files?${query}`, file.body, signal, progress)
  if (!file.thumbnail) return stored
  return put('PUT', `/files/${stored.id}/thumbnail`, file.thumbnail, signal, () => undefined)
}

export function fileUrl(attachment: Attachment): string {
  return `/api/v1/files/${attachment.id}`
}

/** What a page shows of a picture: the small one where there is one. */
export function previewUrl(attachment: Attachment): string {
  return attachment.thumbnail ? `${fileUrl(attachment)}/thumbnail` : fileUrl(attachment)
}
