// Pictures are made small on the phone: what the server takes is a JPEG of at most 200 kB, without where it was taken.
import { toBase64 } from '../store/bytes.ts'

export const MOST_BYTES = 200_000
const WIDEST = 1280 // pixels; enough to read the small print of a box held close
/** What is tried, one after the other, until it is small enough: side in parts of the widest, and quality. */
export const TRIES: readonly (readonly [number, number])[] = [[1, 0.7], [1, 0.5], [0.75, 0.5], [0.5, 0.5], [0.35, 0.4]]

export type Draw = (side: number, quality: number) => Promise<Blob | null>

/** The first try that is small enough; null where none is. */
export async function smallEnough(draw: Draw): Promise<Blob | null> {
  for (const [part, quality] of TRIES) {
    const drawn = await draw(Math.round(WIDEST * part), quality)
    if (drawn && drawn.type === 'image/jpeg' && drawn.size <= MOST_BYTES) return drawn
  }
  return null
}

/** The picture a camera or gallery gave, drawn anew and small, in base64; null where it is none. */
export async function taken(file: Blob): Promise<string | null> {
  const picture = await createImageBitmap(file).catch(() => null)
  if (!picture) return null
  const canvas = document.createElement('canvas')
  const small = await smallEnough((side, quality) => {
    const scale = Math.min(1, side / Math.max(picture.width, picture.height))
    canvas.width = Math.max(1, Math.round(picture.width * scale))
    canvas.height = Math.max(1, Math.round(picture.height * scale))
    canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
    return new Promise((done) => canvas.toBlob(done, 'image/jpeg', quality))
  })
  picture.close()
  return small ? toBase64(new Uint8Array(await small.arrayBuffer())) : null
}
