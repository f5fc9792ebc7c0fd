import { describe, expect, it } from 'vitest'
import { createPictureMatcher } from './match-pictures.ts'
import { archiveName, picturePath } from './picture-path.ts'

describe('the path of a picture', () => {
  it.each([
    ['uploads/1.jpg', ['uploads', '1.jpg']],
    ['/var/www/uploads/1.jpg', ['var', 'www', 'uploads', '1.jpg']],
    ['./uploads//1.jpg', ['uploads', '1.jpg']],
    ['uploads\\1.jpg', ['uploads', '1.jpg']],
    ['https://old.example/uploads/a%20b.jpg?size=2#x', ['uploads', 'a b.jpg']],
    ['https://store.example/v0/b/app/o/images%2F1.jpg?alt=media', ['v0', 'b', 'app', 'o', 'images', '1.jpg']],
    ['100%.jpg', ['100%.jpg']],
  ])('%s is read', (text, parts) => {
    expect(picturePath(text)).toEqual(parts)
  })

  it.each(['../1.jpg', 'uploads/../../etc/passwd', '%2e%2e/1.jpg', 'a\\..\\b.jpg', 'a\0.jpg', '', '.', '/'])(
    '%j is rejected',
    (text) => {
      expect(picturePath(text)).toBeNull()
    },
  )
})

it.each(['../1.jpg', '/etc/passwd', 'a/../../1.jpg', 'a\\1.jpg', 'a\0.jpg', './'])(
  'the name %j in an archive is rejected',
  (name) => {
    expect(archiveName(name)).toBeNull()
  },
)

describe('a file', () => {
  const wanted = ['var/www/uploads/1.jpg', 'uploads/2.jpg', 'old/uploads/2.jpg', 'a/3.jpg', 'b/3.jpg', 'c/4.jpg'].map(
    (path, n) => ({ where: `row ${n}`, ref: String(n), reportRef: 'r', path: path.split('/') }),
  )
  const shared = { where: 'row 6', ref: '6', reportRef: 'r', path: ['c', '4.jpg'] }
  const matcher = createPictureMatcher([...wanted, shared])
  const refsOf = (path: string): string | string[] => {
    const matched = matcher.match(path.split('/'))
    return matched === 'ambiguous' ? matched : matched.map(({ ref }) => ref)
  }

  it.each([
    ['1.jpg', ['0']],
    ['uploads/1.jpg', ['0']],
    ['backup/var/www/uploads/1.jpg', ['0']],
    ['thumbnails/1.jpg', []],
    ['uploads/2.jpg', ['1']],
    ['old/uploads/2.jpg', ['2']],
    ['3.jpg', 'ambiguous'],
    ['a/3.jpg', ['3']],
    ['4.jpg', ['5', '6']],
    ['5.jpg', []],
  ])('%s is the picture of %j', (path, refs) => {
    expect(refsOf(path)).toEqual(refs)
  })
})
