import { paths } from '@kickstand/contract'
import { forEachEngine } from '@kickstand/testkit/engines'
import { expect, it } from 'vitest'
import { useService } from './support/use-service.ts'

type Operation = {
  readonly summary?: string
  readonly tags?: readonly string[]
  readonly responses: Readonly<Record<string, unknown>>
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema: unknown }[]
}
type Document = {
  readonly openapi: string
  readonly info: { readonly title: string; readonly version: string }
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}

/** Every `$ref` in a document with its target, undefined if there is none. */
function references(document: unknown): (readonly [string, unknown])[] {
  const found: (readonly [string, unknown])[] = []
  function walk(node: unknown): void {
    if (typeof node !== 'object' || node === null) return
    for (const [name, value] of Object.entries(node)) {
      if (name === '$ref' && typeof value === 'string') found.push([value, resolve(value)])
      else walk(value)
    }
  }
  function resolve(reference: string): unknown {
    if (!reference.startsWith('#/')) return undefined
    return reference
      .slice(2)
      .split('/')
      .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
      .reduce<unknown>(
        (node, part) => (typeof node === 'object' && node !== null ? Reflect.get(node, part) : undefined),
        document,
      )
  }
  walk(document)
  return found
}

forEachEngine((engine) => {
  const at = useService(engine)

  it('/openapi.json is OpenAPI 3.1, names every route of the contract, and has no broken reference', async () => {
    const answer = await at().get(paths.openapi())
    expect(answer.status).toBe(200)
    const document = (await answer.json()) as Document
    expect(document.openapi).toMatch(/^3\.1\./)
    expect(document.info).toMatchObject({ title: 'Kickstand', version: expect.stringMatching(/^\d+\.\d+\.\d+$/) })

    const named = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    )
    const expected = [
      `GET ${paths.nearby()}`,
      `GET ${paths.zones()}`,
      `GET ${paths.zone('{id}')}`,
      `GET ${paths.zoneReports('{id}')}`,
      `POST ${paths.reports()}`,
      `DELETE ${paths.report('{id}')}`,
      `GET ${paths.plan()}`,
      `GET ${paths.sources()}`,
      `GET ${paths.live()}`,
      `GET ${paths.zoneTile('{z}', '{x}', '{y}')}`,
      `GET ${paths.appConfig()}`,
      `GET ${paths.healthz()}`,
      `GET ${paths.readyz()}`,
    ]
    expect(named).toEqual(expect.arrayContaining(expected))

    for (const [path, operations] of Object.entries(document.paths)) {
      for (const [method, operation] of Object.entries(operations)) {
        const where = `${method} ${path}`
        expect(operation.summary, where).toMatch(/\w{3}/)
        expect(operation.tags, where).toHaveLength(1)
        expect(Object.keys(operation.responses), where).not.toEqual([])
        const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
        const declared = (operation.parameters ?? []).filter((one) => one.in === 'path').map((one) => one.name)
        expect(declared.toSorted(), where).toEqual(inPath.toSorted())
      }
    }
    for (const [reference, target] of references(document)) expect(target, reference).toBeDefined()
  })

  it('describes each parameter by a schema', async () => {
    const document = (await (await at().get(paths.openapi())).json()) as Document
    const parameters = Object.values(document.paths).flatMap((operations) =>
      Object.values(operations).flatMap((operation) => operation.parameters ?? []),
    )
    expect(parameters.length).toBeGreaterThan(30)
    expect(parameters.filter(({ schema }) => typeof schema !== 'object')).toEqual([])
  })

  it('/docs shows it in a browser', async () => {
    const page = await at().get('/docs')
    expect(page.status).toBe(200)
    expect(page.headers.get('content-type')).toContain('text/html')
    const text = await page.text()
    const scripts = [...text.matchAll(/src="([^"]+)"/g)].map(([, source]) => source ?? '')
    expect(scripts.length).toBeGreaterThan(1)
    for (const script of scripts) {
      const answer = await fetch(new URL(script, page.url.endsWith('/') ? page.url : `${page.url}/`))
      expect(answer.status, script).toBe(200)
    }
  })
})
