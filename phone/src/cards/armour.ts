/** The text around a card: `HC1:` + base45 + zlib, opened strictly; mirrors rules/armour.py. */
import { Z_FINISH, Z_STREAM_END, zlibInflate, zlibInflateInit2, ZStream } from 'pako'
import { readBase45 } from './base45.ts'
import type { Bytes } from './bytes.ts'
import { NotGenuine } from './reasons.ts'

const PREFIX = 'HC1:'
const LONGEST_TEXT = 4296
const LARGEST_CONTENT = 16_384

/** The CBOR inside; throws NotGenuine with `text`, `prefix`, `base45` or `zlib`. */
export function openText(text: unknown): Bytes {
  if (typeof text !== 'string' || longerThan(text, LONGEST_TEXT)) throw new NotGenuine('text')
  if (!text.startsWith(PREFIX)) throw new NotGenuine('prefix')
  const packed = readBase45(text.slice(PREFIX.length))
  if (!packed) throw new NotGenuine('base45')
  return inflate(packed)
}

/** Length in code points, as the server counts. */
function longerThan(text: string, most: number): boolean {
  if (text.length <= most) return false
  return text.length > 2 * most || [...text].length > most
}

/** One complete zlib stream with header and Adler-32, nothing after it, never more than the limit. */
function inflate(packed: Bytes): Bytes {
  const stream = new ZStream()
  zlibInflateInit2(stream, 15)
  Object.assign(stream, { input: packed, avail_in: packed.length })
  Object.assign(stream, { output: new Uint8Array(LARGEST_CONTENT + 1), avail_out: LARGEST_CONTENT + 1 })
  const status = zlibInflate(stream, Z_FINISH)
  const whole = status === Z_STREAM_END && stream.avail_in === 0 && stream.next_out <= LARGEST_CONTENT
  if (!whole) throw new NotGenuine('zlib')
  return stream.output.slice(0, stream.next_out)
}
