import { expect, it } from 'vitest'
import { createBufferedDestination, createTolerantWriter } from './log.ts'

it('lines are written in order, many at once, and none is lost or duplicated', () => {
  const written: string[] = []
  const log = createBufferedDestination((text) => written.push(text))
  const lines = Array.from({ length: 5000 }, (_, i) => `{"line":${i}}\n`)
  for (const line of lines) log.write(line)
  log.flush()
  log.flush()
  expect(written.join('')).toBe(lines.join(''))
  expect(written.length).toBeLessThan(10)
})

it('a full disk does not end the process: lost lines are counted, and logged when writes succeed', () => {
  let room = 12
  let file = ''
  const write = createTolerantWriter((text) => {
    const part = text.slice(0, room)
    if (part === '') throw new Error('ENOSPC')
    room -= part.length
    file += part
    return part.length
  })
  for (const line of ['{"line":1}\n', '{"line":2}\n', '{"line":3}\n{"line":4}\n']) write(line)
  room = 1_000
  write('{"line":5}\n')
  write('{"line":6}\n')
  const lines = file.split('\n').filter((line) => line.startsWith('{') && line.endsWith('}'))
  expect(lines).toEqual([
    '{"line":1}',
    '{"level":40,"msg":"the log could not be written: 3 lines are lost"}',
    '{"line":5}',
    '{"line":6}',
  ])
})
