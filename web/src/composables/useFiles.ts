import { fileUrl, previewUrl } from '@/api/upload'

/** Where a message's files are to be had. */
export function useFiles() {
  return { urlOf: fileUrl, previewOf: previewUrl }
}
