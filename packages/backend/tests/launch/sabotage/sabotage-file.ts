import path from 'node:path'
import { Type, type Static } from 'typebox'
import { readYaml } from '#features/launch/read-yaml.ts'

const strict = { additionalProperties: false } as const
const Text = Type.String({ minLength: 1 })
const Figures = Type.Record(Text, Type.Union([Type.Number(), Type.String(), Type.Boolean()]))

const Change = Type.Union([
  Type.Object({ remove: Text }, strict),
  Type.Object({ edit: Text, find: Text, replace: Type.String() }, strict),
  Type.Object({ figures: Text, set: Figures }, strict),
  Type.Object({ unmeasured: Text }, strict),
  Type.Object({ handEdited: Text }, strict),
  Type.Object({ sql: Text }, strict),
  Type.Object({ clockHours: Type.Number() }, strict),
])
export type Change = Static<typeof Change>

const SabotageFile = Type.Array(
  Type.Object(
    {
      id: Text,
      title: Text,
      author: Type.Union([Type.Literal('team'), Type.Literal('outside')]),
      changes: Type.Array(Change, { minItems: 1 }),
      red: Type.Array(Text),
    },
    strict,
  ),
)

/** A way in which the product gets worse, and the gates that must turn red because of it. */
export type Sabotage = Static<typeof SabotageFile>[number]

export function readSabotages(root: string): Sabotage[] {
  return readYaml(path.join(root, 'launch/sabotages.yaml'), SabotageFile)
}
