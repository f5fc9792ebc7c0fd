import { expect, test } from 'vitest'
import { parseImageId } from './plate-image.ts'

test('parses the image ids of the style', () => {
  expect(parseImageId('stack/dark')).toEqual({ kind: 'stack', theme: 'dark' })
  expect(parseImageId('selected/light/few|~3|14|1')).toEqual({
    kind: 'plate',
    variant: 'selected',
    theme: 'light',
    plate: { state: 'few', text: '~3', chance: 14, fade: 1 },
  })
  expect(parseImageId('mini/dark/full|||2')).toMatchObject({ variant: 'mini', plate: { text: '', chance: null } })
})

test('rejects other image ids', () => {
  for (const id of ['', 'plate', 'plate/light', 'plate/sepia/few|3|14|1', 'poster/light/few|3|14|1', 'plate/dark/?']) {
    expect(parseImageId(id)).toBeNull()
  }
})
