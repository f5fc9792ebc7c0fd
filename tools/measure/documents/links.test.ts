import { describe, expect, it } from 'vitest'
import { anchorsOf } from './headings.ts'
import { brokenLinks, linksOf, runbooksOf } from './links.ts'

const PAGE = '# Who may: use `what`?\n\n## The check\n\n## The check\n\n```\n# no heading\n```\n'
const PAGES = {
  texts: new Map([['docs/page.md', PAGE]]),
  exists: (file: string) => ['docs/page.md', 'docs/api.json', 'README.md', 'docs'].includes(file),
}
const broken = (markdown: string) => brokenLinks(linksOf('README.md', markdown), PAGES)

it('makes the anchors of headings as GitHub does', () => {
  expect([...anchorsOf(PAGE)]).toEqual(['who-may-use-what', 'the-check', 'the-check-1'])
})

describe('links', () => {
  it.each([
    '[a](docs/page.md)',
    '[a](docs/page.md#the-check-1)',
    '[a](./docs/api.json "title")',
    '[a]: docs/page.md#the-check',
    '[a](https://example.org/x.md)',
    '[a](mailto:a@example.org)',
    '`[a](nowhere.md)`',
    '```\n[a](nowhere.md)\n```',
    '~~~\n[a](nowhere.md)\n~~~',
  ])('accepts %j', (markdown) => {
    expect(broken(markdown)).toEqual([])
  })

  it.each([
    ['[a](docs/gone.md)', 'README.md:1: there is no file docs/gone.md.'],
    ['\n![a](gone.jpg)', 'README.md:2: there is no file gone.jpg.'],
    ['[a](docs/page.md#gone)', 'README.md:1: docs/page.md has no heading with the anchor #gone.'],
    ['[a](docs/page.md#no-heading)', 'README.md:1: docs/page.md has no heading with the anchor #no-heading.'],
    ['[a]: gone.md', 'README.md:1: there is no file gone.md.'],
  ])('finds that %j is broken', (markdown, fault) => {
    expect(broken(markdown)).toEqual([fault])
  })

  it('are relative to their page', () => {
    expect(brokenLinks(linksOf('docs/page.md', '[a](#gone) [b](api.json) [c](../README.md)'), PAGES)).toEqual([
      'docs/page.md:1: docs/page.md has no heading with the anchor #gone.',
    ])
  })

  it('are the runbooks of gates, too', () => {
    const yaml = '- id: a\n  runbook: docs/page.md#the-check\n- runbook: docs/page.md#gone\n'
    expect(brokenLinks(runbooksOf('launch/gates/a.yaml', yaml), PAGES)).toEqual([
      'launch/gates/a.yaml:3: docs/page.md has no heading with the anchor #gone.',
    ])
  })
})
