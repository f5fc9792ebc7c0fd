import { expect, it } from 'vitest'
import { decide, type AccessRule, type Decision } from './permissions.ts'

it.each<[AccessRule, Decision, Decision, Decision]>([
  ['public', 'allow', 'allow', 'allow'],
  ['rider', 'allow', 'allow', 'deny'],
  ['own-rider', 'deny', 'allow', 'deny'],
  ['readings:write', 'deny', 'deny', 'allow'],
])('a route with the access %s: anonymous %s, rider %s, token %s', (access, anonymous, rider, token) => {
  expect(decide(access, 'anonymous')).toBe(anonymous)
  expect(decide(access, 'rider')).toBe(rider)
  expect(decide(access, 'token')).toBe(token)
})
