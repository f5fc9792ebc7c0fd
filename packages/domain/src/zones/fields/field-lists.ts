import type { ZoneField } from './field.ts'
import { ZONE_FIELDS, type FieldsWith, type PlainField } from './zone-fields.ts'

// Lists that are derived from the table when the module is loaded.

/** A field with its name. */
export type NamedField = ZoneField & { readonly name: PlainField }

/** All fields in their order. */
export const FIELD_LIST: readonly NamedField[] = Object.entries(ZONE_FIELDS).map(([name, field]) => ({
  // The keys of the table are the names.
  name: name as PlainField,
  ...field,
}))

/** The names of the facts that are independent of each other, in their order. */
export const PLAIN_FIELDS: readonly PlainField[] = FIELD_LIST.map(({ name }) => name)

/** The definition of a field, without the literal types of the table. */
export function fieldOf(name: PlainField): ZoneField {
  return ZONE_FIELDS[name]
}

/** An object with a value for each field. */
export function mapFields<T>(valueOf: (field: NamedField) => T): { readonly [Name in PlainField]: T } {
  // `fromEntries` loses the names.
  return Object.fromEntries(FIELD_LIST.map((field) => [field.name, valueOf(field)])) as { [Name in PlainField]: T }
}

/** Facts that riders may assert, by contributions. */
export type ContributedFact = FieldsWith<{ readonly assertedBy: 'riders' }>
export const CONTRIBUTED_FACTS: readonly ContributedFact[] = PLAIN_FIELDS.filter(isContributedFact)

export function isContributedFact(name: string): name is ContributedFact {
  return Object.hasOwn(ZONE_FIELDS, name) && fieldOf(name as PlainField).assertedBy === 'riders'
}

/** Facts that riders may not assert, whether they are law, a price or the operator's own. */
export type OperatorFact = Exclude<PlainField, ContributedFact>
export const OPERATOR_FACTS: readonly OperatorFact[] = PLAIN_FIELDS.filter((name) => !isContributedFact(name))

/** Facts that riders at a zone are asked about, the most useful first. */
export type AskedFact = FieldsWith<{ readonly riders: { readonly isAsked: true } }>
export const ASKED_FACTS: readonly AskedFact[] = CONTRIBUTED_FACTS.filter(isAskedFact)

function isAskedFact(name: ContributedFact): name is AskedFact {
  return fieldOf(name).riders?.isAsked === true
}

/** Facts that a filter asks for directly. */
export type FilterFact = FieldsWith<{ readonly isFilter: true }>
export const FILTER_FACTS: readonly FilterFact[] = PLAIN_FIELDS.filter(
  (name): name is FilterFact => fieldOf(name).isFilter === true,
)
