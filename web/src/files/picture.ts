export interface Picture {
  width: number
  height: number
  thumbnail: Blob | null // none where the picture is small already
  preview: string // a data: URL; the CSP lets blob: in nowhere
}

const LONGEST_EDGE = 640 // twice what is shown, for dense screens
const SMALL_BYTES = 60_000
const QUALITY = 0.82

/** Size and small copy of a picture, made by the browser; null for what it can't draw. */
export async function readPicture(file: Blob): Promise<Picture | null> {
  if (!/^image\/(png|jpeg|gif|webp)$/.test(file.type)) return null
  const bitmap = await createImageBitmap(file).catch(() => null)
  if (!bitmap) return null
  const scale = Math.min(1, LONGEST_EDGE / Math.max(bitmap.width, bitmap.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(bitmap.width * scale))
  canvas.height = Math.max(1, Math.round(bitmap.height * scale))
  const brush = canvas.getContext('2d')
  if (!brush) return null
  brush.fillStyle = '#fff' // JPEG knows no transparency
  brush.fillRect(0, 0, canvas.width, canvas.height)
  brush.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  const { width, height } = bitmap
  bitmap.close()
  const small = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY))
  const moves = file.type === 'image/gif'
  const needed = scale < 1 || file.size > SMALL_BYTES
  return { width, height, thumbnail: needed && !moves ? small : null, preview: canvas.toDataURL('image/jpeg', 0.7) }
}
