import {
  FIELD_LIST,
  CONTRIBUTED_FACTS,
  fieldOf,
  type FieldsWith,
  type NamedField,
  type PlainField,
  type ContributedFact,
  type ZoneFacts,
  type ZoneField,
} from '@kickstand/domain'
import Type, { type TOptional, type TSchema, type TUnsafe } from 'typebox'
import { oneOf, orNull } from './shared.ts'
import { TariffSchema } from './tariff.ts'

// The schemas of facts, from the table of fields in the domain.

const UNITS = { spaces: 'Motorcycle spaces', seconds: 'In seconds' } as const

/** The schema of a known value. */
function valueSchema(field: ZoneField): TSchema {
  switch (field.type) {
    case 'choice':
      return oneOf(field.values)
    case 'flag':
      return Type.Boolean()
    case 'count':
      return Type.Integer({ minimum: 1, description: UNITS[field.unit] })
    case 'seconds':
      return Type.Integer({ minimum: 0, description: UNITS[field.unit] })
    case 'tariff':
      return TariffSchema
    case 'word':
      return Type.String()
    case 'text':
      return Type.String(textOptions(field))
  }
}

function textOptions({ syntax, belongsTo }: Extract<ZoneField, { type: 'text' }>): { description?: string } {
  if (syntax === 'opening_hours') return { description: 'OSM opening_hours syntax' }
  if (syntax !== 'conditional') return {}
  return {
    description: `Conditions under which ${belongsTo ?? 'it'} differs, in OSM’s conditional syntax; absent where none is known`,
  }
}

/** Facts that lists may leave out. */
type OptionalFact = FieldsWith<{ readonly inLists: 'if-known' | 'never' }>
type FactSchemas = { [Name in Exclude<PlainField, OptionalFact>]: TUnsafe<ZoneFacts[Name]> } & {
  [Name in OptionalFact]: TOptional<TUnsafe<ZoneFacts[Name]>>
}

function factSchema(field: NamedField): TSchema {
  const schema = orNull(valueSchema(field))
  return field.inLists === 'always' ? schema : Type.Optional(schema)
}

/** The facts in a zone's answer, null where unknown. */
// The types follow from the same table as the schemas.
export const factSchemas = Object.fromEntries(FIELD_LIST.map((field) => [field.name, factSchema(field)])) as FactSchemas

type InputSchemas = { [Name in ContributedFact]: TOptional<TUnsafe<NonNullable<ZoneFacts[Name]>>> }

function inputSchema(field: ZoneField): TSchema {
  const { maxLength, maximum, values } = field.riders ?? {}
  if (values !== undefined) return oneOf(values)
  if (field.type === 'text' || field.type === 'word') {
    return Type.String({ minLength: 1, maxLength: maxLength ?? field.maxLength })
  }
  if (field.type === 'count' || field.type === 'seconds') {
    return Type.Integer({ minimum: 1, maximum: maximum ?? field.maximum })
  }
  return valueSchema(field)
}

/** The facts that a rider may state of a missing place. */
export const factInputSchemas = Object.fromEntries(
  CONTRIBUTED_FACTS.map((name) => [name, Type.Optional(inputSchema(fieldOf(name)))]),
) as InputSchemas
