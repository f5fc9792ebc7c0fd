import { expect, it } from 'vitest'
import { gathering } from './log.ts'

it('lines are written in their order, many at once, and none is lost or written twice', () => {
  const written: string[] = []
  const log = gathering((text) => written.push(text))
  const lines = Array.from({ length: 5000 }, (_, i) => `{"line":${i}}\n`)
  for (const line of lines) log.write(line)
  log.flush()
  log.flush()
  expect(written.join('')).toBe(lines.join(''))
  expect(written.length).toBeLessThan(10)
})
