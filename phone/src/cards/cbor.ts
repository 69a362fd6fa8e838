/**
 * A strict reader of CBOR (RFC 8949) for bytes from strangers; mirrors zhegu/cards/rules/cbor.py.
 * Integers are bigint, floats number; Tagged and Simple stand for the rest.
 */
import { hex, joined, type Bytes } from './bytes.ts'

export class BadCbor extends Error {}

export class Tagged {
  readonly number: bigint
  readonly item: Cbor
  constructor(number: bigint, item: Cbor) {
    this.number = number
    this.item = item
  }
}

export class Simple {
  readonly number: number
  constructor(number: number) {
    this.number = number
  }
}

/** A map whose keys are integers, text or bytes, compared by value. */
export class CborMap {
  private readonly entries = new Map<string, Cbor>()
  get size(): number {
    return this.entries.size
  }
  get(key: CborKey | number): Cbor | undefined {
    return this.entries.get(keyName(key))
  }
  has(key: CborKey | number): boolean {
    return this.entries.has(keyName(key))
  }
  set(key: CborKey, item: Cbor): void {
    this.entries.set(keyName(key), item)
  }
}

export type CborKey = bigint | string | Bytes
export type Cbor = CborKey | number | boolean | null | Cbor[] | CborMap | Tagged | Simple

const DEPTH = 16
const INDEFINITE = -1n
const BREAK = Symbol('break')
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

interface Head {
  major: number
  extra: number
  argument: bigint
}

function keyName(key: CborKey | number): string {
  if (typeof key === 'string') return `t${key}`
  return key instanceof Uint8Array ? `b${hex(key)}` : `i${key}`
}

/** The one item in `raw`; throws BadCbor. */
export function readCbor(raw: Bytes): Cbor {
  const reader = new Reader(raw)
  const item = reader.inner(0)
  if (!reader.done) throw new BadCbor('trailing')
  return item
}

class Reader {
  private at = 0
  private readonly raw: Bytes
  private readonly view: DataView
  constructor(raw: Bytes) {
    this.raw = raw
    this.view = new DataView(raw.buffer, raw.byteOffset, raw.length)
  }

  get done(): boolean {
    return this.at === this.raw.length
  }

  private take(count: bigint | number): number {
    if (BigInt(count) > BigInt(this.raw.length - this.at)) throw new BadCbor('short')
    const start = this.at
    this.at += Number(count)
    return start
  }

  private head(): Head {
    const first = this.view.getUint8(this.take(1))
    const major = first >> 5
    const extra = first & 31
    if (extra < 24) return { major, extra, argument: BigInt(extra) }
    if (extra < 28) return { major, extra, argument: this.unsigned(1 << (extra - 24)) }
    if (extra === 31 && major !== 0 && major !== 1 && major !== 6) return { major, extra, argument: INDEFINITE }
    throw new BadCbor('reserved')
  }

  private unsigned(size: number): bigint {
    const at = this.take(size)
    if (size === 8) return this.view.getBigUint64(at)
    if (size === 4) return BigInt(this.view.getUint32(at))
    return BigInt(size === 2 ? this.view.getUint16(at) : this.view.getUint8(at))
  }

  /** The next item or BREAK; `depth` is that of what holds it. */
  private item(depth: number): Cbor | typeof BREAK {
    const { major, extra, argument } = this.head()
    if (major === 0) return argument
    if (major === 1) return -1n - argument
    if (major === 2) return joined(...this.chunks(2, argument))
    if (major === 3) return this.chunks(3, argument).map(text).join('')
    if (major === 7) return this.simple(extra, argument)
    if (depth === DEPTH) throw new BadCbor('depth')
    if (major === 4) return this.array(argument, depth + 1)
    if (major === 5) return this.map(argument, depth + 1)
    return new Tagged(argument, this.inner(depth + 1))
  }

  /** An item where a break may not stand. */
  inner(depth: number): Cbor {
    const item = this.item(depth)
    if (item === BREAK) throw new BadCbor('break')
    return item
  }

  /** A string whole or in chunks of its own major type. */
  private chunks(major: number, length: bigint): Bytes[] {
    if (length !== INDEFINITE) return [this.slice(length)]
    const chunks: Bytes[] = []
    for (;;) {
      const head = this.head()
      if (head.major === 7 && head.extra === 31) return chunks
      if (head.major !== major || head.argument === INDEFINITE) throw new BadCbor('chunk')
      chunks.push(this.slice(head.argument))
    }
  }

  private slice(length: bigint): Bytes {
    const start = this.take(length)
    return this.raw.slice(start, this.at)
  }

  private array(count: bigint, depth: number): Cbor[] {
    const found: Cbor[] = []
    if (count === INDEFINITE) {
      for (let item = this.item(depth); item !== BREAK; item = this.item(depth)) found.push(item)
      return found
    }
    if (count > BigInt(this.raw.length - this.at)) throw new BadCbor('short')
    while (BigInt(found.length) < count) found.push(this.inner(depth))
    return found
  }

  private map(count: bigint, depth: number): CborMap {
    const found = new CborMap()
    if (count > BigInt(this.raw.length - this.at) / 2n) throw new BadCbor('short')
    while (count === INDEFINITE || BigInt(found.size) < count) {
      const key = this.item(depth)
      if (key === BREAK && count === INDEFINITE) return found
      if (!isKey(key) || found.has(key)) throw new BadCbor('key')
      found.set(key, this.inner(depth))
    }
    return found
  }

  private simple(extra: number, argument: bigint): Cbor | typeof BREAK {
    if (extra === 31) return BREAK
    if (extra === 25) return Number.NaN // half floats stand only where they are ignored
    if (extra === 26) return this.view.getFloat32(this.at - 4)
    if (extra === 27) return this.view.getFloat64(this.at - 8)
    if (extra === 24 && argument < 32n) throw new BadCbor('simple')
    if (argument === 20n || argument === 21n) return argument === 21n
    return argument === 22n ? null : new Simple(Number(argument))
  }
}

function isKey(item: Cbor | typeof BREAK): item is CborKey {
  return typeof item === 'bigint' || typeof item === 'string' || item instanceof Uint8Array
}

function text(chunk: Bytes): string {
  try {
    return utf8.decode(chunk)
  } catch {
    throw new BadCbor('utf-8')
  }
}
