import { crc32 } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { isTokenText, newTokenText } from './token-text.ts'

describe('the text of a token', () => {
  it('is 256 random bits with their checksum, behind a prefix that scanners know', () => {
    const texts = Array.from({ length: 100 }, newTokenText)
    expect(new Set(texts).size).toBe(100)
    for (const text of texts) {
      const [, random = '', sum = ''] = /^ks_live_([\w-]{43})_([0-9a-f]{8})$/.exec(text) ?? []
      expect(Buffer.from(random, 'base64url')).toHaveLength(32)
      expect(Number.parseInt(sum, 16)).toBe(crc32(random))
      expect(isTokenText(text)).toBe(true)
    }
  })

  it('with any one character changed is no token', () => {
    const text = newTokenText()
    for (let at = 0; at < text.length; at += 1) {
      const other = text.charAt(at) === 'a' ? 'b' : 'a'
      expect(isTokenText(text.slice(0, at) + other + text.slice(at + 1)), `at ${at}`).toBe(false)
    }
  })

  it('of a key from before tokens has another prefix and no checksum', () => {
    expect(isTokenText('ks_feed_nonsense-that-nobody-made-for-us')).toBe(true)
  })

  it.each(['', 'ks_live_', 'device-secret-of-a-rider-0001', ` ${newTokenText()}`, `${newTokenText()}\n`])(
    '%j is no token',
    (text) => {
      expect(isTokenText(text)).toBe(false)
    },
  )
})
