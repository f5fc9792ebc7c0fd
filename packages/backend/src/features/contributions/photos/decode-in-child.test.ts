import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DomainError } from '@kickstand/domain'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { prepareInChild } from './decode-in-child.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'ks-decode-'))
const photo = path.join(folder, 'photo')
beforeAll(async () => {
  writeFileSync(
    photo,
    await sharp({ create: { width: 40, height: 30, channels: 3, background: 'red' } })
      .png()
      .toBuffer(),
  )
})
afterAll(() => rmSync(folder, { recursive: true }))

const faultOf = (file: string, withinMs?: number): Promise<unknown> =>
  prepareInChild(file, withinMs).then(
    () => 'prepared',
    (error: unknown) => (error instanceof DomainError ? `${error.code}: ${error.message}` : error),
  )

it('returns the re-encoded image, with its size and its perceptual hash', async () => {
  const made = await prepareInChild(photo)
  expect(made).toMatchObject({ width: 40, height: 30, perceptualHash: expect.stringMatching(/^[0-9a-f]{16}$/) })
  expect(await sharp(made.image).metadata()).toMatchObject({ format: 'webp', width: 40, height: 30 })
})

it('a file that is no image, or does not exist, is unusable', async () => {
  writeFileSync(path.join(folder, 'text'), 'nothing to see')
  for (const name of ['text', 'none']) {
    expect(await faultOf(path.join(folder, name))).toBe('unusable-image: The image cannot be read; it may be damaged.')
  }
})

it('kills a decoder that takes too long', async () => {
  // A pipe without a writer: reading it never ends.
  const endless = path.join(folder, 'pipe')
  execFileSync('sh', ['-c', 'mkfifo "$0"', endless])
  const began = performance.now()
  expect(await faultOf(endless, 700)).toBe('unusable-image: The image takes too long to decode.')
  expect(performance.now() - began).toBeLessThan(10_000)
})
