import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { APP_BUILD } from '../build/app-build.ts'
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

  it('are judged by the targets that the apps are built for', () => {
    expect(APP_BUILD.target).toEqual(['chrome111', 'edge111', 'firefox115', 'safari16.4'])
    expect(TARGETS.safari_ios).toBe(TARGETS.safari)
  })

  it.each(['apps/rider', 'apps/console'])('are judged by the targets of %s', (app) => {
    const config = readFileSync(path.join(import.meta.dirname, '../..', app, 'vite.config.ts'), 'utf8')
    expect(config).toContain('APP_BUILD')
    expect(config).not.toContain('target')
  })
})
