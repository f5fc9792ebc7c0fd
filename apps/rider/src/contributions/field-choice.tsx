import { fieldOf, ZONE_FIELDS, type RiderField } from '@kickstand/domain'
import { Button } from '@kickstand/ui'
import { useId, useState } from 'react'
import { parseDigits } from '@kickstand/i18n'
import { useI18n, usePageText } from '#i18n/i18n.ts'
import { valueNames, type Position } from './contribution.ts'

export type FieldValue = string | number | boolean | { readonly lat: number; readonly lng: number }
type Props = {
  readonly field: RiderField
  readonly position: Position | null
  readonly onValue: (value: FieldValue) => void
}

/** The input for one field: answer buttons large enough for gloves, or a text field. */
export function FieldChoice({ field, position, onValue }: Props) {
  const { t } = useI18n()
  const p = usePageText()
  if (field === 'gone') return <Choices names={[[true, p('change.goneYes')]]} onValue={onValue} />
  if (field === 'blocked') return <Choices names={[[true, p('change.blockedYes')]]} onValue={onValue} />
  if (field === 'place') {
    if (position === null) return <p>{p('change.needPosition')}</p>
    return <Choices names={[[{ lat: position.lat, lng: position.lng }, p('change.standHere')]]} onValue={onValue} />
  }
  const definition = fieldOf(field)
  const values = definition.riders?.values ?? (definition.type === 'choice' ? definition.values : null)
  if (values !== null) {
    const names = valueNames(field, { t, p })
    return <Choices names={values.map((one) => [one, names.get(one) ?? one])} onValue={onValue} />
  }
  if (definition.type !== 'flag') return <TypedValue isNumber={definition.type === 'count'} onValue={onValue} />
  return (
    <Choices
      names={[
        [true, p('answer.yes')],
        [false, p('answer.no')],
      ]}
      onValue={onValue}
    />
  )
}

type ChoicesProps = {
  readonly names: readonly (readonly [FieldValue, string])[]
  readonly onValue: (value: FieldValue) => void
}

function Choices({ names, onValue }: ChoicesProps) {
  return (
    <div className="flex flex-wrap gap-2">
      {names.map(([value, name]) => (
        <Button key={name} className="min-h-14 flex-1" onClick={() => onValue(value)}>
          {name}
        </Button>
      ))}
    </div>
  )
}

const MAX_SPACES = ZONE_FIELDS.capacity.riders.maximum
const MAX_NAME_CHARACTERS = ZONE_FIELDS.name.riders.maxLength

function TypedValue({ isNumber, onValue }: { isNumber: boolean; onValue: (value: FieldValue) => void }) {
  const p = usePageText()
  const [typed, setTyped] = useState('')
  const id = useId()
  const value = isNumber ? spacesOf(typed) : typed.trim()
  return (
    <form
      className="flex flex-wrap items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        if (value !== null && value !== '') onValue(value)
      }}
    >
      <div className="grid flex-[1_1_8rem] gap-1">
        <label htmlFor={id}>{p(isNumber ? 'change.howMany' : 'place.name')}</label>
        <input
          id={id}
          className="min-h-14 w-full min-w-0 rounded-plate border-[1.5px] border-edge bg-surface px-3 text-lg font-bold"
          type="text"
          inputMode={isNumber ? 'numeric' : 'text'}
          autoComplete="off"
          maxLength={isNumber ? 4 : MAX_NAME_CHARACTERS}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </div>
      <Button type="submit" variant="primary" className="min-h-14" disabled={value === null || value === ''}>
        {p('change.send')}
      </Button>
    </form>
  )
}

/** Parses a number of spaces from 1 to `MAX_SPACES`; null for anything else. */
export function spacesOf(typed: string): number | null {
  const digits = parseDigits(typed).trim()
  const number = Number(digits)
  return /^\d{1,4}$/.test(digits) && number >= 1 && number <= MAX_SPACES ? number : null
}
