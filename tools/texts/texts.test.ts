import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { findLiterals } from './find-literals.ts'
import { idShapes, usedIds } from './find-used-ids.ts'
import { shortIds } from './short-ids.ts'
import { textFilePrefix } from './vite-plugin.ts'

const literals = (code: string) => findLiterals('a.tsx', code).map(({ text }) => text)

describe('a text outside the catalogues is found', () => {
  it.each([
    ['<p>Few spaces</p>', ['Few spaces']],
    ['<p>{isOpen ? "Open" : "Closed"} · {count}</p>', ['Open', 'Closed']],
    ['<p>{isOpen && `at ${time}`}</p>', ['at']],
    ['<>{"Now"}</>', ['Now']],
    ['<p>{"about " + n}</p>', ['about']],
    ['<p>مغلق</p>', ['مغلق']],
    ['<button aria-label="Zoom in" />', ['Zoom in']],
    ['<button aria-label={name ?? "Zoom in"} />', ['Zoom in']],
    ['<img alt="A bay" title={`Bay ${n}`} placeholder="Street" />', ['A bay', 'Bay', 'Street']],
    ['<Panel tallerLabel="Make it taller" />', ['Make it taller']],
    ['show({ text: "Sent", action: { label: "Undo", run } })', ['Sent', 'Undo']],
    ['document.title = `${name} | Parking`', ['| Parking']],
  ])('%s', (code, texts) => {
    expect(literals(code)).toEqual(texts)
  })

  it('with its line', () => {
    expect(findLiterals('a.tsx', 'const a = (\n  <p>\n    Full\n  </p>\n)')).toEqual([{ text: 'Full', line: 2 }])
  })
})

describe('what needs no translation passes', () => {
  it.each([
    '<p className="text-lg" data-tone="solid">{t("report.undo")}</p>',
    '<p>{a} · {b} – 24/7 +</p>',
    '<h1>Kickstand</h1>',
    '<Command>npx kickstand import FILE</Command>',
    '<p aria-label={t("map.name")} title={title}>{`${a} · ${b}`}</p>',
    'const key = `state.${state}`',
    '<p>{state === "full" && figure}</p>',
    '<input type="text" value="5" />',
  ])('%s', (code) => {
    expect(literals(code)).toEqual([])
  })
})

describe('used ids', () => {
  const isUsed = usedIds([
    { file: 'a.tsx', code: "t('report.undo'); const ID = { full: 'rule.closed' }; t(`state.${state}`); x(`${a}.b`)" },
  ])

  it.each([
    ['report.undo', true],
    ['rule.closed', true],
    ['state.full', true],
    ['state.full.now', false],
    ['report.close', false],
    ['restate.full', false],
  ])('%s: %s', (id, used) => {
    expect(isUsed(id)).toBe(used)
  })
})

it('ids are shortened in a build, but for those that are put together at run time', () => {
  const shapes = idShapes([{ file: 'a.ts', code: 't(`state.${state}`); t(`rules.${state}Until`)' }])
  const short = shortIds(['state.full', 'report.undo', 'rules.paidUntil', 'rules.paid', 'app.name'], shapes)
  expect([...short]).toEqual([
    ['app.name', '0'],
    ['report.undo', '1'],
    ['rules.paid', '2'],
  ])
})

it('the files of texts have other names where the sources change the short ids', () => {
  const prefixOf = (code: string): string => {
    const root = mkdtempSync(path.join(tmpdir(), 'texts-'))
    mkdirSync(path.join(root, 'src'))
    writeFileSync(path.join(root, 'src/a.ts'), code)
    return textFilePrefix(root)
  }
  const prefix = prefixOf("t('report.undo')")
  expect(prefix).toMatch(/^assets\/text-[0-9a-f]{8}-$/)
  expect(prefixOf("void t('report.undo')")).toBe(prefix)
  expect(prefixOf("t('report.close')")).not.toBe(prefix)
  expect(prefixOf('t(`state.${state}`)')).not.toBe(prefix)
})
