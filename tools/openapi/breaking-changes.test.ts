import { expect, test } from 'vitest'
import { breakingChanges } from './breaking-changes.ts'

const schema = (properties: Record<string, object>, required: string[] = []) => ({
  type: 'object',
  properties,
  required,
})
const json = (of: object) => ({ content: { 'application/json': { schema: of } } })
const text = { type: 'string' }

/** An API with one operation, whose parts a test changes. */
function api({
  response = schema({ id: text, place: { $ref: '#/components/schemas/Place' } }),
  place = schema({ lat: text, lng: text }),
  request = schema({ name: text, note: text }, ['name']),
  parameters = [{ name: 'limit', required: false }],
}: {
  response?: object
  place?: object
  request?: object
  parameters?: object[]
}) {
  const operation = { parameters, requestBody: json(request), responses: { 201: json(response) } }
  return { paths: { '/v1/zones': { post: operation } }, components: { schemas: { Place: place } } }
}

const BEFORE = api({})

test.each([
  ['nothing', BEFORE, []],
  [
    'an added field',
    api({ response: schema({ id: text, place: { $ref: '#/components/schemas/Place' }, more: text }) }),
    [],
  ],
  ['an added optional parameter', api({ parameters: [{ name: 'limit' }, { name: 'lang' }] }), []],
  ['an operation that is gone', { paths: {} }, ['POST /v1/zones: removed']],
  [
    'a field that is gone',
    api({ response: schema({ id: text }) }),
    ['POST /v1/zones: 201 response: field place was removed'],
  ],
  [
    'a field of a referenced schema that is gone',
    api({ place: schema({ lat: text }) }),
    ['POST /v1/zones: 201 response.place: field lng was removed'],
  ],
  [
    'a parameter that is required now',
    api({ parameters: [{ name: 'limit', required: true }] }),
    ['POST /v1/zones: parameter limit is required now'],
  ],
  [
    'a field that is required now',
    api({ request: schema({ name: text, note: text }, ['name', 'note']) }),
    ['POST /v1/zones: field note is required now'],
  ],
])('%s', (_what, after, expected) => {
  expect(breakingChanges(BEFORE, after)).toEqual(expected)
})
