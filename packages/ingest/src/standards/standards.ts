import type { Fields } from '#values.ts'
import { apds } from './apds.ts'
import { fiware } from './fiware.ts'
import { hongKong } from './hong-kong.ts'
import { newTaipei } from './new-taipei.ts'
import { parkApi } from './parkapi.ts'
import { singapore } from './singapore.ts'
import type { Standard } from './standard.ts'
import { taipei } from './taipei.ts'

/** A standard in JSON, its name in profiles, and where its records are. */
export type JsonStandard = {
  readonly name: 'apds' | 'fiware' | 'hong-kong' | 'new-taipei' | 'parkapi' | 'singapore' | 'taipei'
  readonly standard: Standard<Fields>
  /** Paths of arrays, the root being ''. */
  readonly lists: readonly string[]
  /** Members that identify a response that is a single record; null where there is no such form. */
  readonly whole: readonly string[] | null
}

export const JSON_STANDARDS: readonly JsonStandard[] = [
  { name: 'taipei', standard: taipei, lists: ['data.park', 'park'], whole: null },
  { name: 'new-taipei', standard: newTaipei, lists: [''], whole: null },
  { name: 'hong-kong', standard: hongKong, lists: ['results', 'car_park'], whole: null },
  { name: 'singapore', standard: singapore, lists: ['value'], whole: null },
  { name: 'fiware', standard: fiware, lists: ['', 'results'], whole: ['id', 'type'] },
  { name: 'apds', standard: apds, lists: ['', 'data'], whole: ['id', 'layer'] },
  { name: 'parkapi', standard: parkApi, lists: ['items', 'lots', ''], whole: ['uid', 'lat'] },
]
