import { describe, expect, it } from 'vitest'
import { MOST_BYTES, smallEnough, TRIES } from './picture.ts'

const jpeg = (size: number, type = 'image/jpeg'): Blob => new Blob([new Uint8Array(size)], { type })

describe('a picture is made small before it is kept', () => {
  it('takes the first that is small enough', async () => {
    const asked: number[] = []
    const found = await smallEnough(async (side) => (asked.push(side), jpeg(asked.length < 3 ? MOST_BYTES + 1 : MOST_BYTES)))
    expect([found?.size, asked]).toEqual([MOST_BYTES, [1280, 1280, 960]])
  })
  it('gives up rather than send what the server will not take', async () => {
    expect(await smallEnough(async () => jpeg(MOST_BYTES + 1))).toBeNull()
    expect(await smallEnough(async () => jpeg(10, 'image/png'))).toBeNull()
    expect(await smallEnough(async () => null)).toBeNull()
    expect(TRIES.length).toBeGreaterThan(1)
  })
})
