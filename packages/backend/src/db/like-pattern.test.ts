import { expect, it } from 'vitest'
import { contains } from './like-pattern.ts'

it.each([
  ['bay', '%bay%'],
  ['50%', '%50!%%'],
  ['a_b!', '%a!_b!!%'],
  ['', '%%'],
])('texts that contain %j are like %j', (text, pattern) => {
  expect(contains(text)).toBe(pattern)
})
