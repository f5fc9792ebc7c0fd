import { expect, it } from 'vitest'
import { readPageCursor, writePageCursor } from './page-cursor.ts'

const AFTER = { sort: 'city of "test", \\ ü', id: '01abc' }

it('a cursor holds the last row of a page', () => {
  expect(readPageCursor('organisations', writePageCursor('organisations', AFTER))).toEqual(AFTER)
  expect(readPageCursor('organisations', undefined)).toBeNull()
})

it.each([
  ['of another list', writePageCursor('members', AFTER)],
  ['that is empty', ''],
  ['that is no JSON', Buffer.from('[').toString('base64url')],
  ['of other values', Buffer.from('["organisations",1,{}]').toString('base64url')],
])('a cursor %s is rejected', (_name, cursor) => {
  expect(() => readPageCursor('organisations', cursor)).toThrow('cursor')
})
