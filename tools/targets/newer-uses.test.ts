import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { newerUses } from './newer-uses.ts'
import { TARGETS } from './targets.ts'

describe('APIs newer than the build targets', () => {
  it.each([
    ['AbortSignal.any([a, b])', ['AbortSignal.any']],
    ['Map.groupBy(list, key)', ['Map.groupBy']],
    ['Promise.withResolvers()', ['Promise.withResolvers']],
    ['URL.canParse(text)', ['URL.canParse']],
    ['new VideoFrame(picture, { timestamp: 0 })', ['VideoFrame']],
    ['first.isSubsetOf(second)', ['.isSubsetOf()']],
    ['AbortSignal.timeout(5)', []],
    ['list.toSorted().at(-1)', []],
    ['structuredClone(new Map())', []],
    ['new Intl.NumberFormat("en").format(Math.abs(-1))', []],
    ['const any = 1; own.any(any)', []],
  ])('in %s: %j', (code, apis) => {
    expect(newerUses('a.ts', code, true).map(({ api }) => api)).toEqual(apis)
  })

  it('are reported with their line', () => {
    expect(newerUses('a.ts', '\n\nAbortSignal.any([])', false)).toEqual([{ api: 'AbortSignal.any', line: 3 }])
  })

  it('are those of the targets that the page is built for', () => {
    const config = readFileSync(path.join(import.meta.dirname, '../../apps/rider/vite.config.ts'), 'utf8')
    const targetList = /target: \[(.*)\]/.exec(config)?.[1] ?? ''
    const { safari_ios: phone, ...targets } = TARGETS
    const names = Object.entries(targets).map(([browser, version]) => `'${browser}${version}'`)
    expect(targetList.split(', ').toSorted()).toEqual(names.toSorted())
    expect(phone).toBe(targets.safari)
  })
})
