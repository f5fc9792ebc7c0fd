import { Field } from '@kickstand/ui'
import { useEffect, useState } from 'react'

type Props = {
  readonly label: string
  readonly value: string
  /** Focused by the / key. */
  readonly isFirst?: boolean
  /** Why the text cannot be used. */
  readonly error?: string | null
  readonly onChange: (value: string) => void
}

const DELAY_MS = 300

/** A text filter. It takes effect when the person stops typing. */
export function FilterField({ label, value, isFirst = false, error = null, onChange }: Props) {
  const [text, setText] = useState(value)
  useEffect(() => setText(value), [value])
  useEffect(() => {
    if (text === value) return
    const timer = setTimeout(() => onChange(text), DELAY_MS)
    return () => clearTimeout(timer)
  }, [text, value, onChange])
  return (
    <Field label={label} error={error}>
      {(control) => (
        <input
          {...control}
          type="search"
          data-filter={isFirst ? '' : undefined}
          autoComplete="off"
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
      )}
    </Field>
  )
}
