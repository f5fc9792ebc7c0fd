import { useId, type ReactNode } from 'react'

/** What the control of a field needs, so that its label, hint and error belong to it. */
export type ControlProps = {
  readonly id: string
  readonly 'aria-describedby'?: string
  readonly 'aria-invalid'?: true
  readonly className: string
}

type FieldProps = {
  readonly label: ReactNode
  readonly hint?: ReactNode
  /** Why the value was rejected. */
  readonly error?: string | null
  readonly children: (control: ControlProps) => ReactNode
}

const CONTROL =
  'min-h-11 w-full min-w-0 rounded-plate border-[1.5px] bg-surface px-3 py-2 text-base text-ink disabled:opacity-60'

/** A label with its input, select or text area, which `children` renders with the given properties. */
export function Field({ label, hint, error = null, children }: FieldProps) {
  const id = useId()
  const described = [...(hint ? [`${id}hint`] : []), ...(error === null ? [] : [`${id}error`])].join(' ')
  return (
    <div className="grid content-start gap-1">
      <label htmlFor={id} className="font-bold">
        {label}
      </label>
      {children({
        id,
        className: `${CONTROL} ${error === null ? 'border-edge' : 'border-stop'}`,
        ...(described === '' ? {} : { 'aria-describedby': described }),
        ...(error === null ? {} : { 'aria-invalid': true }),
      })}
      {hint && (
        <p id={`${id}hint`} className="text-sm text-ink-soft">
          {hint}
        </p>
      )}
      {error !== null && (
        <p id={`${id}error`} className="font-bold text-stop">
          {error}
        </p>
      )}
    </div>
  )
}
